//! `*list`: what is asked of a list before its items.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::context::{Context, hidden};
use crate::ast::Member;
use crate::span::Ends;

/// `let keys = Answer::not(keys(&list).__keys());`: whether the items are pairs of a key and a future.
pub(super) fn keys(member: &Member, keys: &Ident, list: &Ident, ends: Ends, cx: &Context<'_>) -> TokenStream {
    let late = member.needs.is_some() && cx.policy.keeps();
    let ask = if late { quote!(__gather::dependent_keys) } else { quote!(__gather::keys) };
    let found = ends.method(&ends.call(&ask, quote!(&#list)), "keys");
    let found = ends.call(&quote!(__gather::Answer::not), found);
    quote!(let #keys = #found;)
}

/// `let order = as_completed(&keys);`: what a stream of results gives for each item. `keys` is known where the list is sound.
pub(super) fn order(cx: &Context<'_>, keys: Option<&Ident>) -> TokenStream {
    let order = order_name();
    let keys = keys.map_or_else(|| quote!(__gather::InvalidKeys), |keys| quote!(#keys));
    let word = cx.group.options.completions.as_ref();
    let function = if word.is_some_and(|word| word == "in_order") { quote!(in_order) } else { quote!(as_completed) };
    quote!(let #order = __gather::#function(&#keys);)
}

pub(super) fn order_name() -> Ident {
    hidden("order")
}
