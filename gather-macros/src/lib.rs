//! The macros of the `gather` crate: use that.
#![forbid(unsafe_code)]

mod ast;
mod check;
mod expand;
mod group_fn;
mod options;
mod parse;
#[cfg(test)]
mod snapshot;
mod span;

use proc_macro::TokenStream;

/// `gather!([path of the crate] members; options)`, called by the facade's macro of the same name.
#[doc(hidden)]
#[proc_macro]
pub fn gather(input: TokenStream) -> TokenStream {
    let (krate, tokens) = expand::split_crate(input.into());
    let mut errors = ast::Errors::default();
    let mut group = parse::group(tokens, &mut errors);
    check::group(&mut group, &mut errors);
    expand::group(&group, errors, &krate).into()
}

/// Re-exported, with its docs, by the facade.
#[proc_macro_attribute]
pub fn gather_group(arguments: TokenStream, item: TokenStream) -> TokenStream {
    group_fn::group_fn(arguments.into(), &item.into()).into()
}
