//! What stands left of a value, and the sign between the two.

use super::{Place, habits};
use crate::ast::{Errors, Name};
use proc_macro2::{Ident, Span, TokenTree};
use syn::Token;
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;

/// What follows a name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    FatArrow,
    Colon,
    Equals,
    ThinArrow,
}

pub(super) fn sign(input: ParseStream<'_>) -> Option<Sign> {
    // The longer ones first: `peek` sees `=` at the start of `==` as well.
    if input.peek(Token![=>]) {
        Some(Sign::FatArrow)
    } else if input.peek(Token![==]) || input.peek(Token![::]) {
        None
    } else if input.peek(Token![=]) {
        Some(Sign::Equals)
    } else if input.peek(Token![:]) {
        Some(Sign::Colon)
    } else if input.peek(Token![->]) {
        Some(Sign::ThinArrow)
    } else {
        None
    }
}

/// The sign after the next token.
pub(super) fn sign_after_next(input: ParseStream<'_>) -> Option<Sign> {
    let ahead = input.fork();
    ahead.parse::<TokenTree>().ok()?;
    sign(&ahead)
}

/// Does a name with its sign, right or mistaken, stand here?
pub(super) fn named(input: ParseStream<'_>, place: Place) -> bool {
    let name = input.peek(Ident::peek_any)
        || input.peek(Token![_])
        || (place == Place::Fields && input.fork().parse::<syn::Index>().is_ok());
    name && sign_after_next(input).is_some()
}

/// As [`named`], in the middle of an expression, where `a = b` may be a part of it.
pub(super) fn interrupts(input: ParseStream<'_>, place: Place) -> bool {
    let usual = match place {
        Place::List => Sign::FatArrow,
        Place::Fields => Sign::Colon,
    };
    named(input, place) && sign_after_next(input) == Some(usual)
}

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
pub(super) fn read_sign(input: ParseStream<'_>, place: Place, name: &Name, errors: &mut Errors) -> Span {
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
    let (right, what) = match place {
        Place::List => ("=>", "the member's name"),
        Place::Fields => (":", "the field's name"),
    };
    if written != right && !(found == Sign::Equals && habits::has_handler(input)) {
        let example = match place {
            Place::List => format!("{} => ..", shown(name)),
            Place::Fields => format!("{}: ..", shown(name)),
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
