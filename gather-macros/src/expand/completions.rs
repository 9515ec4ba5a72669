//! `as_completed` and `in_order`: the results of one list, one by one.
//!
//! ```text
//! |(list,)| {
//!     use private as __gather;
//!     let list = ..;
//!     completions(completing(.., list, ..))
//! }
//! ```

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::outcome::outcome;
use super::{gathering, members, options};

pub(super) fn group(cx: &Context<'_>) -> TokenStream {
    let pattern = members::pattern(cx);
    let names = cx.names_of_private();
    let limit = options::let_limit(cx);
    let mode = cx.policy.let_mode(cx.group, &quote!(__gather));
    let members = members::all_at_once(cx);
    let stream = gathering::stream(cx, &outcome(cx));
    quote!(|#pattern| { #names #limit #mode #members #stream })
}

/// A group with `as_completed` or `in_order` that is not one list was reported. Its members are evaluated, and its results may be of
/// any type, so that rustc has nothing to add.
pub(super) fn refused(cx: &Context<'_>, group: TokenStream) -> TokenStream {
    let private = &cx.private;
    if cx.group.options.completions.is_some() && !cx.is_completions() {
        quote!(#private::no_completions(#group))
    } else {
        group
    }
}
