//! Whole expansions: see [`snapshot`](crate::snapshot).

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::quote;

use super::tree;
use crate::reader::Reader;
use crate::snapshot;

/// The source with what each `gather!` in it becomes.
fn expanded(source: &str) -> TokenStream {
    calls(source.parse().expect("the source is made of tokens"))
}

fn calls(tokens: TokenStream) -> TokenStream {
    let mut rest = tokens.into_iter().peekable();
    let mut all = TokenStream::new();
    while let Some(token) = rest.next() {
        let is_name = matches!(&token, TokenTree::Ident(word) if word == "gather");
        match token {
            _ if is_name
                && rest.next_if(|token| matches!(token, TokenTree::Punct(mark) if mark.as_char() == '!')).is_some() =>
            {
                let Some(TokenTree::Group(call)) = rest.next() else { panic!("brackets follow `gather!`") };
                all.extend(call_of(call.stream()));
            }
            TokenTree::Group(group) => {
                all.extend([TokenTree::from(Group::new(group.delimiter(), calls(group.stream())))]);
            }
            token => all.extend([token]),
        }
    }
    all
}

fn call_of(tokens: TokenStream) -> TokenStream {
    super::call(tokens, &quote!(::gather), Reader::Compiler)
}

#[test]
fn a_typical_call() {
    snapshot::compare("gather.rs", expanded);
}

/// The macro chooses how members are polled, by counting them; the engine has room for so many.
#[test]
fn the_numbers_are_those_of_the_engine() {
    assert_eq!((tree::FEW, tree::MOST), gather_core::private::MOST_MEMBERS);
}
