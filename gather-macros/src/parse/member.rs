//! One member: `name => *|deps| value?` and what may be left out of it.

use super::name::{self, Sign};
use super::value::{self, Await, Value};
use super::{Place, at_separator, fields, habits, needs};
use crate::ast::{Errors, Member, Name, State};
use proc_macro2::{Span, TokenStream};
use syn::parse::ParseStream;
use syn::parse::discouraged::Speculative as _;
use syn::{Attribute, Token};

/// Reads at least one token.
pub(super) fn member(input: ParseStream<'_>, place: Place, errors: &mut Errors) -> Member {
    attributes(input, errors);
    if let Some(member) = habits::member(input, place, errors) {
        return member;
    }
    if input.peek(Token![=>]) {
        let glue = input.span();
        errors.at(glue, "this member has no name: write one before `=>`, or `_ => ..` to drop its result");
        let _ = input.parse::<Token![=>]>();
        return after_sign(input, place, Name::Ignored(glue), glue, errors);
    }
    if name::named(input, place) {
        let name = name::name(input, errors);
        let glue = name::read_sign(input, place, &name, errors);
        return after_sign(input, place, name, glue, errors);
    }
    if place == Place::Fields {
        return fields::unsigned(input, errors);
    }
    let unnamed = unnamed(input, errors);
    match name::sign(input) {
        Some(sign) if sign != Sign::Equals && unnamed.state == State::Good => {
            errors.push(syn::Error::new_spanned(
                &unnamed.value,
                "the name of a member is one identifier: write `name => ..`",
            ));
            let name = Name::Ignored(unnamed.glue);
            let glue = name::read_sign(input, place, &Name::Ignored(unnamed.glue), &mut Errors::default());
            let mut member = after_sign(input, place, name, glue, errors);
            if habits::is_arm(&unnamed.value) && member.state == State::Good {
                member.state = State::Rejected;
            }
            member
        }
        _ => unnamed,
    }
}

fn attributes(input: ParseStream<'_>, errors: &mut Errors) {
    let start = input.fork();
    let ahead = input.fork();
    // What is none stays where it is, to be reported as the start of a value.
    let Ok(attributes) = ahead.call(Attribute::parse_outer) else {
        return;
    };
    input.advance_to(&ahead);
    if let Some(first) = attributes.first() {
        let message = if first.path().is_ident("doc") {
            "a member has no documentation: write a comment with `//`"
        } else {
            "attributes on members are not supported: choose the future with `if cfg!(..)`, or put `#[cfg]` on the statement"
        };
        errors.push(syn::Error::new_spanned(
            value::take_to(&start, input.cursor()).into_iter().collect::<TokenStream>(),
            message,
        ));
    }
}

/// Reads what follows the `=>` or the `:`.
pub(super) fn after_sign(input: ParseStream<'_>, place: Place, name: Name, glue: Span, errors: &mut Errors) -> Member {
    let star = star(input).or_else(|| habits::spread(input, place, errors));
    let needs = needs::needs(input, errors);
    let value = if at_separator(input) || name::interrupts(input, place) {
        let before = match (&needs, star, place) {
            (Some(_), ..) => "the bars",
            (None, Some(_), _) => "`*`",
            (None, None, Place::List) => "`=>`",
            (None, None, Place::Fields) => "`:`",
        };
        let shown = name::shown(&name);
        let span = match &name {
            Name::Ident(ident) => ident.span(),
            Name::Ignored(span) | Name::Index(_, span) => *span,
        };
        errors.at(span, format!("member `{shown}` has no value: write a future after {before}"));
        Value::missing()
    } else {
        let waits = match &needs {
            // A list may well come out of a future.
            _ if star.is_some() => Await::Allowed,
            None => Await::Refused,
            Some(needs) if needs.asyncness.is_some() => Await::Allowed,
            Some(_) => Await::RefusedInBody,
        };
        value::value(input, place, waits, errors)
    };
    let Value { tokens, question, state } = value;
    let state = if habits::handler(input, place, errors) { State::Rejected } else { state };
    Member { name: Some(name), glue, star, shorthand: false, needs, value: tokens, question, state }
}

fn unnamed(input: ParseStream<'_>, errors: &mut Errors) -> Member {
    let glue = input.span();
    let star = star(input).or_else(|| habits::spread(input, Place::List, errors));
    let value = if star.is_some() && at_separator(input) {
        errors.at(glue, "nothing stands after this `*`: write the list of futures to unpack");
        Value::missing()
    } else {
        let waits = if star.is_some() { Await::Allowed } else { Await::Refused };
        value::value(input, Place::List, waits, errors)
    };
    let Value { tokens, question, state } = value;
    Member { name: None, glue, star, shorthand: false, needs: None, value: tokens, question, state }
}

fn star(input: ParseStream<'_>) -> Option<Span> {
    let span = input.span();
    input.parse::<Token![*]>().ok().map(|_| span)
}
