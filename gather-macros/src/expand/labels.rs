//! What members are called and what they wait for: said only with the feature `tracing`, so that without it nothing is compiled for it.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::layout;
use crate::options::Policy;

/// `labelled(limit, || labels(..))`
pub(super) fn in_task(cx: &Context<'_>, limit: TokenStream) -> TokenStream {
    if !cfg!(feature = "tracing") {
        return limit;
    }
    let labels = labels(cx);
    quote!(__gather::labelled(#limit, || #labels))
}

/// `labelled_tasks(spawner, labels(..))`
pub(super) fn spawned(cx: &Context<'_>, spawner: TokenStream) -> TokenStream {
    if !cfg!(feature = "tracing") {
        return spawner;
    }
    let labels = labels(cx);
    quote!(__gather::labelled_tasks(#spawner, #labels))
}

fn labels(cx: &Context<'_>) -> TokenStream {
    let policy = match cx.group.options.policy.as_ref().map(|(policy, _)| *policy) {
        Some(Policy::ReturnExceptions) => "return_exceptions",
        Some(Policy::AllErrors) => "all_errors",
        Some(Policy::NameErrors) => "name_errors",
        None => "none",
    };
    let (names, called) = (layout::names(cx.group), layout::read_names(cx.group));
    let after = (0..called.len()).filter(|&i| cx.graph.waits(i)).map(|i| {
        let on = cx.graph.needs(i).iter().map(|&on| called[on].as_str()).collect::<Vec<_>>().join(", ");
        quote!((#i, #on))
    });
    quote!(__gather::labels(#policy, #names, &[#(#after),*]))
}

/// The limit of a stage of `#[gather_group]`, with the labels of its members.
pub(crate) fn of_stage(names: &[String], limit: TokenStream, private: &TokenStream) -> TokenStream {
    if !cfg!(feature = "tracing") {
        return limit;
    }
    quote!(#private::labelled(#limit, || #private::labels("none", #private::MemberNames::Fields(&[#(#names),*]), &[])))
}
