//! Words that an editor completes and explains: constants with docs, in the expansion that it gets.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// `{ mod known { .. } use known::{typed, words}; }`: a list, since one that ends in a comma, or in nothing, is whole as well.
pub(crate) fn words<'a>(
    known: impl Iterator<Item = (&'a str, &'a str)>,
    typed: impl Iterator<Item = Ident>,
) -> TokenStream {
    let known = known.map(|(word, docs)| {
        let word = Ident::new(word, Span::mixed_site());
        quote!(#[doc = #docs] pub const #word: () = ();)
    });
    quote!({ #[allow(non_upper_case_globals)] mod known { #(#known)* } use known::{#(#typed,)*}; })
}

/// The value, or any at all.
pub(crate) fn or_any(value: &TokenStream) -> TokenStream {
    if value.is_empty() { quote!(loop {}) } else { value.clone() }
}
