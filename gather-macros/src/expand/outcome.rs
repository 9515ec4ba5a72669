//! What the group ends with: the value in which it collects what its members fail with.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::layout;
use super::policy::{GroupPolicy, mode_name};
use crate::ast::State;

pub(super) fn outcome(cx: &Context<'_>) -> TokenStream {
    let mode = mode_name();
    let source = group_source(cx);
    let names = layout::names(cx.group);
    match cx.policy {
        GroupPolicy::Infallible => quote!(__gather::InfalliblePerPoll),
        GroupPolicy::ReturnExceptions => quote!(__gather::never_fails(#names)),
        GroupPolicy::FirstError => quote!(__gather::first_error(&#mode)),
        GroupPolicy::NameErrors => quote!(__gather::named_error(#source, #names)),
        GroupPolicy::AllErrors => quote!(__gather::all_errors(#source, #names)),
        GroupPolicy::Spawned { fallible: false } | GroupPolicy::SpawnedReturnExceptions => {
            quote!(__gather::first_exception::<::core::convert::Infallible>(::core::option::Option::None, #names))
        }
        GroupPolicy::Spawned { fallible: true } => quote!(__gather::first_exception(#source, #names)),
        GroupPolicy::SpawnedAllErrors => quote!(__gather::all_exceptions(#source, #names)),
    }
}

/// The function that finds the source of the group's error. It is asked for behind all members, where the type of the error is known. If
/// it is not, rustc reports that on the first member with a `?`.
fn group_source(cx: &Context<'_>) -> TokenStream {
    let fallible = cx.group.members.iter().find(|m| m.question.is_some() && m.state == State::Good);
    let Some(member) = fallible else { return quote!(::core::option::Option::None) };
    let ends = cx.ends(&member.value.tokens, member.glue);
    let mode = mode_name();
    ends.method(&ends.call(&quote!(__gather::group_source), quote!(&#mode)), "source")
}
