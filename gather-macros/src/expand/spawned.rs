//! `spawn`: a group whose members are tasks.
//!
//! ```text
//! |(m0, m1)| {
//!     use private as __gather;
//!     let m0 = task(..);
//!     let m1 = task(..);
//!     {
//!         struct Gathered<T0, T1> { pub a: T0, pub b: T1 }
//!         let handle = launch(pair_of_tasks(m0, m1), .., |(m0, m1)| Gathered { a: m0, b: m1 });
//!         ShareIfSync(&handle).__share();
//!         handle
//!     }
//! }
//! ```

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};

use super::context::{Context, hidden, reference};
use super::outcome::outcome;
use super::{labels, layout, members, options, tree};
use crate::span::at;

pub(super) fn group(cx: &Context<'_>) -> TokenStream {
    let pattern = members::pattern(cx);
    let record = layout::record(cx.group, &cx.graph);
    let (fields, result) = (tree::pattern(&cx.names), layout::build(cx, &TokenStream::new()));
    let launch = launch(cx, &quote!(move |#fields| #result));
    if cx.graph.is_empty() {
        let names = cx.names_of_private();
        let limit = options::let_limit(cx);
        let mode = cx.policy.let_mode(cx.group, &quote!(__gather));
        let members = members::all_at_once(cx);
        return quote!(|#pattern| { #names #limit #mode #members { #record #launch } });
    }
    let limit = options::let_limit_apart(cx);
    let mode = cx.policy.let_mode(cx.group, &cx.private);
    // Each owner of an output cell has to be gone when the group ends, which may be before `launch` returns.
    let shares = cx.graph.awaited().map(reference);
    let last = quote!(#(::core::mem::drop(#shares);)* { #record #launch });
    let members = members::in_order(cx).followed_by(cx, &last);
    quote!(|#pattern| { #limit #mode #members })
}

/// The statements that start every member, and the handle of the group.
fn launch(cx: &Context<'_>, build: &TokenStream) -> TokenStream {
    let spawner = match &cx.group.options.spawn {
        Some((_, Some(_))) => hidden("spawn").into_token_stream(),
        spawn => {
            // Its panic names the place of its call.
            let place = at(spawn.as_ref().map_or_else(Span::call_site, |(word, _)| word.span()));
            quote_spanned!(place=> __gather::spawn_here())
        }
    };
    let spawner = labels::spawned(cx, spawner);
    let limit = if cx.is_limited() {
        let limit = hidden("limit");
        quote!(__gather::limit_of_tasks(#limit))
    } else {
        quote!(::core::option::Option::None)
    };
    let (timeout, until) = (options::let_timeout(cx), options::let_until(cx));
    let deadline = options::deadline(cx);
    let members = tree::tree(&cx.names, &quote!(__gather::Nil), &|a, b| quote!(__gather::pair_of_tasks(#a, #b)));
    let outcome = outcome(cx);
    let handle = hidden("handle");
    quote! {
        #timeout
        #until
        let #handle = __gather::launch(#members, #outcome, #spawner, #limit, #deadline, #build);
        __gather::ShareIfSync(&#handle).__share();
        #handle
    }
}
