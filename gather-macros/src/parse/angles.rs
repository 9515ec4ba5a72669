//! `gather!(< a => f(1), b => g(2) >)`: a `<` first and a `>` last in the brackets are punctuation.

use super::tokens::is_mark;
use crate::errors::Errors;
use proc_macro2::{Spacing, TokenStream, TokenTree};
use syn::parse::{ParseStream, Parser as _};
use syn::{Path, Token, Type};

const NOT_CLOSED: &str = "this `<` is not closed: write `>` behind all members and options, or remove the `<`";
const BEFORE_OPTIONS: &str = "the `>` stands last, behind the options: move it there";

/// Takes the two off. Where only one is there, it is reported and taken off as well.
pub(super) fn taken_off(tokens: TokenStream, errors: &mut Errors) -> TokenStream {
    let mut all: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let opens = matches!(all.first(), Some(first) if is_mark(first, "<")) && !is_path(tokens);
    if !opens {
        return all.into_iter().collect();
    }
    let open = all.remove(0);
    if closing(&all) && !ends_in_type(&all) {
        all.pop();
    } else if let Some(at) = all.iter().position(|token| is_mark(token, ";")).filter(|&at| closing(&all[..at])) {
        errors.at(all[at - 1].span(), BEFORE_OPTIONS);
        all.remove(at - 1);
    } else {
        errors.at(open.span(), NOT_CLOSED);
    }
    all.into_iter().collect()
}

/// `<T as Make>::make()`, finished or not.
fn is_path(tokens: TokenStream) -> bool {
    let parser = |input: ParseStream<'_>| {
        input.parse::<Token![<]>()?;
        input.parse::<Type>()?;
        let cast = input.parse::<Option<Token![as]>>()?;
        if cast.is_some() {
            input.parse::<Path>()?;
        }
        input.parse::<Token![>]>()?;
        let goes_on = cast.is_some() || input.peek(Token![::]);
        input.parse::<TokenStream>()?;
        Ok(goes_on)
    };
    parser.parse2(tokens).unwrap_or(false)
}

/// Is the last token a `>` that is no part of an arrow?
fn closing(tokens: &[TokenTree]) -> bool {
    let [before @ .., last] = tokens else { return false };
    let arrow = matches!(before.last(), Some(TokenTree::Punct(punct)) if "-=".contains(punct.as_char()) && punct.spacing() == Spacing::Joint);
    is_mark(last, ">") && !arrow
}

/// `; error = Box<T>`: there the last `>` belongs to the type.
fn ends_in_type(tokens: &[TokenTree]) -> bool {
    let is_error =
        |pair: &[TokenTree]| matches!(&pair[0], TokenTree::Ident(word) if word == "error") && is_mark(&pair[1], "=");
    let sign = (1..tokens.len()).rfind(|&at| is_error(&tokens[at - 1..=at]));
    sign.is_some_and(|at| syn::parse2::<Type>(tokens[at + 1..].iter().cloned().collect()).is_ok())
}
