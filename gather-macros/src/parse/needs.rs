//! `async move |a, b: &T|`: what a dependant waits for.

use super::name;
use super::tokens::{read, take_to};
use crate::ast::{Needs, Param};
use crate::errors::Errors;
use proc_macro2::{Ident, Span};
use syn::parse::ParseStream;
use syn::{Token, Type};

/// Reads the bars, if names stand between them. Anything else is left where it is: it is a closure, or no expression.
pub(super) fn needs(input: ParseStream<'_>, errors: &mut Errors) -> Option<Needs> {
    bars(&input.fork(), &mut Errors::default())?;
    let needs = bars(input, errors)?;
    if input.peek(Token![->]) {
        errors.at(input.span(), "the type of a member is not written: remove this `->` and the type after it");
        let _ = input.parse::<Token![->]>();
        let ahead = input.fork();
        if ahead.call(Type::without_plus).is_ok() {
            take_to(input, ahead.cursor());
        }
    }
    Some(needs)
}

fn bars(input: ParseStream<'_>, errors: &mut Errors) -> Option<Needs> {
    let asyncness = input.parse::<Option<Token![async]>>().ok()?;
    let moved = input.parse::<Option<Token![move]>>().ok()?;
    input.parse::<Token![|]>().ok()?;
    let mut params = Vec::new();
    while !input.peek(Token![|]) {
        params.push(param(input, errors)?);
        if input.parse::<Token![,]>().is_err() {
            break;
        }
    }
    input.parse::<Token![|]>().ok()?;
    (!params.is_empty()).then_some(Needs {
        asyncness: asyncness.map(|token| token.span),
        moved: moved.map(|token| token.span),
        params,
    })
}

fn param(input: ParseStream<'_>, errors: &mut Errors) -> Option<Param> {
    let name = if input.peek(Token![_]) {
        let span: Span = input.parse::<Token![_]>().ok()?.span;
        Ident::new("_", span)
    } else if input.peek(Token![mut]) || input.peek(Token![ref]) {
        return None;
    } else {
        name::identifier(input, errors)?
    };
    // Only `:`; a pattern such as `Some(x)` or `a::B` makes it a closure.
    let ty = if input.parse::<Option<Token![:]>>().ok()?.is_some() {
        let ahead = input.fork();
        ahead.parse::<Type>().ok()?;
        let tokens = take_to(input, ahead.cursor()).into_iter().collect();
        read::<Type>(&tokens, errors).is_some().then_some(tokens)
    } else {
        None
    };
    Some(Param { name, ty })
}
