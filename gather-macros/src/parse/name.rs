//! A name, and the sign between it and its value.

use super::habits;
use super::tokens::{Grammar, Sign, sign};
use crate::ast::Name;
use crate::errors::Errors;
use proc_macro2::{Ident, Span, TokenTree};
use syn::Token;
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;

/// Reads a name that is known to stand here.
pub(super) fn name(input: ParseStream<'_>, errors: &mut Errors) -> Name {
    let span = input.span();
    if input.parse::<Token![_]>().is_ok() {
        return Name::Ignored(span);
    }
    if let Some(name) = identifier(input, errors) {
        return Name::Ident(name);
    }
    match input.parse::<syn::Index>() {
        Ok(index) => Name::Index(index.index, index.span),
        Err(_) => Name::Ignored(span),
    }
}

/// Reads an identifier; a keyword is reported and made raw.
pub(super) fn identifier(input: ParseStream<'_>, errors: &mut Errors) -> Option<Ident> {
    if let Ok(name) = input.parse::<Ident>() {
        // A keyword only in some editions; the raw form is the same name in the others.
        return Some(if name == "gen" { Ident::new_raw("gen", name.span()) } else { name });
    }
    let word = input.call(Ident::parse_any).ok()?;
    let (text, span) = (word.to_string(), word.span());
    if matches!(text.as_str(), "self" | "Self" | "super" | "crate" | "_") {
        errors.at(span, format!("`{text}` cannot name a member: choose another name"));
        return Some(Ident::new(if text == "_" { "ignored" } else { "this" }, span));
    }
    if text == "else" {
        errors.at(span, habits::ELSE);
        return Some(Ident::new_raw(&text, span));
    }
    errors.at(
        span,
        format!("`{text}` is a keyword of Rust and cannot name a member: write `r#{text}`, or choose another name"),
    );
    Some(Ident::new_raw(&text, span))
}

/// Reads the sign after `name`; a mistaken one is reported and taken for the right one.
pub(super) fn read_sign(input: ParseStream<'_>, grammar: Grammar, name: &Name, errors: &mut Errors) -> Span {
    let span = input.span();
    let Some(found) = sign(input) else {
        return span;
    };
    let mut written = String::new();
    let length = if matches!(found, Sign::FatArrow | Sign::ThinArrow) { 2 } else { 1 };
    read_puncts(input, length, &mut written);
    // `:=` and `= >` are one mistake each.
    match found {
        Sign::Colon if input.peek(Token![=]) => read_puncts(input, 1, &mut written),
        Sign::Equals if input.peek(Token![>]) => read_puncts(input, 1, &mut written),
        _ => {}
    }
    let (right, what) = match grammar {
        Grammar::Members => ("=>", "the member's name"),
        Grammar::Fields => (":", "the field's name"),
    };
    if written != right && !(found == Sign::Equals && habits::has_handler(input)) {
        let example = match grammar {
            Grammar::Members => format!("{} => ..", shown(name)),
            Grammar::Fields => format!("{}: ..", shown(name)),
        };
        errors.at(span, format!("expected `{right}` after {what}, found `{written}`: write `{example}`"));
    }
    span
}

fn read_puncts(input: ParseStream<'_>, count: usize, written: &mut String) {
    for _ in 0..count {
        if let Ok(TokenTree::Punct(punct)) = input.parse::<TokenTree>() {
            written.push(punct.as_char());
        }
    }
}

pub(super) fn shown(name: &Name) -> String {
    match name {
        Name::Ident(ident) => ident.to_string(),
        Name::Ignored(_) => "_".to_owned(),
        Name::Index(index, _) => index.to_string(),
    }
}
