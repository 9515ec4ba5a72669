//! The fn for an editor: as it is written, with the arguments where they are evaluated.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use quote::quote;

use crate::completion::{or_any, words};
use crate::errors::Errors;
use crate::options::{self, Macro, Slot};
use crate::parse::tokens::is_mark;

pub(super) fn as_typed(item: &TokenStream, arguments: TokenStream, errors: Errors) -> TokenStream {
    let errors = errors.into_compile_errors();
    let mut tokens: Vec<TokenTree> = item.clone().into_iter().collect();
    let is_fn = tokens.iter().any(|token| matches!(token, TokenTree::Ident(word) if word == "fn"));
    if let (true, Some(TokenTree::Group(body))) = (is_fn, tokens.last_mut())
        && body.delimiter() == Delimiter::Brace
    {
        let (inner, statements) = split_inner_attributes(body.stream());
        let typed = typed(arguments);
        let mut with_arguments = Group::new(Delimiter::Brace, quote!(#inner #typed #statements));
        with_arguments.set_span(body.span());
        *body = with_arguments;
    }
    quote!(#(#tokens)* #errors)
}

/// `#![..]` stands before everything else.
fn split_inner_attributes(body: TokenStream) -> (TokenStream, TokenStream) {
    let tokens: Vec<TokenTree> = body.into_iter().collect();
    let mut statements = tokens.as_slice();
    while let [hash, mark, TokenTree::Group(_), rest @ ..] = statements
        && is_mark(hash, "#")
        && is_mark(mark, "!")
    {
        statements = rest;
    }
    let inner = &tokens[..tokens.len() - statements.len()];
    (inner.iter().cloned().collect(), statements.iter().cloned().collect())
}

/// The words and the values of the arguments.
fn typed(arguments: TokenStream) -> TokenStream {
    let tokens: Vec<TokenTree> = arguments.into_iter().collect();
    let mut names: Vec<Ident> = Vec::new();
    let mut values = TokenStream::new();
    for argument in tokens.split(|token| is_mark(token, ",")) {
        let [TokenTree::Ident(word), rest @ ..] = argument else { continue };
        let is_path = word == "crate";
        if !is_path {
            names.push(word.clone());
        }
        let [equals, value @ ..] = rest else { continue };
        if !is_mark(equals, "=") {
            continue;
        }
        let value: TokenStream = value.iter().cloned().collect();
        values.extend(match value {
            path if is_path && !path.is_empty() => quote!(use #path as _;),
            _ if is_path => TokenStream::new(),
            value => {
                let value = or_any(&value);
                quote!(let _: ::core::primitive::usize = #value;)
            }
        });
    }
    let known = options::of(Macro::GatherGroup).filter(|(row, _)| row.slot != Slot::Crate);
    let known = known.map(|(row, docs)| (row.word, docs));
    let words = words(known, names.into_iter());
    quote!(#words #values)
}
