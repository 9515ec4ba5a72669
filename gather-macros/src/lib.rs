//! The macros of the `gather` crate: use that.
//!
//! `docs/decisions/procedural_macro.md` says why they are procedural.
#![forbid(unsafe_code)]

#[cfg(test)]
mod any_tokens;
mod ast;
mod check;
mod completion;
mod errors;
mod expand;
mod facts;
mod group_fn;
#[cfg(test)]
mod half_typed;
#[cfg(any(test, fuzzing))]
pub mod mangle;
mod names;
mod options;
mod parse;
mod reader;
#[cfg(test)]
mod snapshot;
mod span;

#[cfg(not(fuzzing))]
use proc_macro::TokenStream;
#[cfg(not(fuzzing))]
use reader::Reader;

/// `gather!([path of the crate] members; options)`, called by the facade's macro of the same name.
#[doc(hidden)]
#[cfg(not(fuzzing))]
#[proc_macro]
pub fn gather(input: TokenStream) -> TokenStream {
    let (krate, tokens) = expand::split_crate(input.into());
    expand::call(tokens, &krate, Reader::of_this_process()).into()
}

/// Re-exported, with its docs, by the facade.
#[cfg(not(fuzzing))]
#[proc_macro_attribute]
pub fn gather_group(arguments: TokenStream, item: TokenStream) -> TokenStream {
    group_fn::group_fn(arguments.into(), &item.into(), Reader::of_this_process()).into()
}
