//! `*list`: what is asked of a list before its items.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::Context;
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
