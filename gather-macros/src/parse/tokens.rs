//! Tokens one by one: where a member ends, and which sign stands where.

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::Token;
use syn::buffer::Cursor;
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};

use crate::errors::Errors;

/// The grammar of the members being read: it decides what stands between a name and its value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Grammar {
    /// A record or a tuple: `=>`.
    Members,
    /// Between the braces of a struct: `:`.
    Fields,
}

pub(super) fn at_end(input: ParseStream<'_>) -> bool {
    input.is_empty() || input.peek(Token![;])
}

/// Is there nothing here before the next member?
pub(super) fn at_separator(input: ParseStream<'_>) -> bool {
    at_end(input) || input.peek(Token![,])
}

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
pub(super) fn at_name(input: ParseStream<'_>, grammar: Grammar) -> bool {
    let name = input.peek(Ident::peek_any)
        || input.peek(Token![_])
        || (grammar == Grammar::Fields && input.fork().parse::<syn::Index>().is_ok());
    name && sign_after_next(input).is_some()
}

/// Whether a name with the right sign stands here, in the middle of an expression: other signs, as in `a = b`, may be a part of that.
pub(super) fn at_name_in_value(input: ParseStream<'_>, grammar: Grammar) -> bool {
    let usual = match grammar {
        Grammar::Members => Sign::FatArrow,
        Grammar::Fields => Sign::Colon,
    };
    at_name(input, grammar) && sign_after_next(input) == Some(usual)
}

/// Reads up to the next `,`, `;` or member, but at least one token.
pub(super) fn skip(input: ParseStream<'_>, grammar: Grammar) -> Vec<TokenTree> {
    let mut tokens = take(input, 1);
    while !at_separator(input) && !at_name_in_value(input, grammar) {
        tokens.extend(take(input, 1));
    }
    tokens
}

/// Reads the tokens up to the next `,`.
pub(crate) fn rest(input: ParseStream<'_>) -> TokenStream {
    let mut tokens = TokenStream::new();
    while !input.is_empty() && !input.peek(Token![,]) {
        tokens.extend(take(input, 1));
    }
    tokens
}

/// Reads the tokens up to `end`, a position further on in the same input.
pub(crate) fn take_to(input: ParseStream<'_>, end: Cursor<'_>) -> Vec<TokenTree> {
    let mut tokens = Vec::new();
    while input.cursor() < end && !input.is_empty() {
        tokens.extend(take(input, 1));
    }
    tokens
}

/// A tick is one with the word after it: nobody takes a lifetime without its name.
pub(super) fn take(input: ParseStream<'_>, count: usize) -> Vec<TokenTree> {
    let mut tokens: Vec<TokenTree> = (0..count).map_while(|_| input.parse().ok()).collect();
    if tokens.last().is_some_and(is_tick) {
        tokens.extend(input.parse::<TokenTree>());
    }
    tokens
}

/// Is this one of these punctuation marks?
pub(crate) fn is_mark(token: &TokenTree, marks: &str) -> bool {
    matches!(token, TokenTree::Punct(punct) if marks.contains(punct.as_char()))
}

pub(super) fn is_tick(token: &TokenTree) -> bool {
    is_mark(token, "'")
}

/// All of `tokens` as a `T`. A fork of the input finds where the `T` ends, but passes over what is too much inside brackets, as the
/// `b` in `x[a b]`: that is reported here.
pub(super) fn read<T: Parse>(tokens: &TokenStream, errors: &mut Errors) -> Option<T> {
    syn::parse2::<T>(tokens.clone()).map_err(|error| errors.push(error)).ok()
}
