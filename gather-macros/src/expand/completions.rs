//! `as_completed` and `in_order`: the results of one list, one by one.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::{Context, in_task};

impl Context<'_> {
    /// Whether the group is a stream of results.
    pub(super) fn is_completions(&self) -> bool {
        self.group.options.completions.is_some() && self.group.one_list().is_some()
    }
}

/// What is given for each item; `keys` is known where the list is sound.
pub(super) fn order(cx: &Context<'_>, keys: Option<&Ident>) -> TokenStream {
    let order = order_name();
    let keys = keys.map_or_else(|| quote!(__gather::InvalidKeys), |keys| quote!(#keys));
    let word = cx.group.options.completions.as_ref();
    let function = if word.is_some_and(|word| word == "in_order") { quote!(in_order) } else { quote!(as_completed) };
    quote!(let #order = __gather::#function(&#keys);)
}

pub(super) fn order_name() -> Ident {
    Ident::new("__gather_order", Span::mixed_site())
}

/// The call that makes the stream of the list in `list`.
pub(super) fn start(cx: &Context<'_>, list: &Ident, verdict: &TokenStream) -> TokenStream {
    let private = &cx.private;
    let make = |seats: &TokenStream, limit: &TokenStream, deadline: &TokenStream| quote!(#private::completions(#private::completing(#seats, #list, #verdict, #limit, #deadline)));
    in_task(cx, &make)
}

/// Where the group is no such list, which was reported: its members are evaluated, and its results may be of any type.
pub(super) fn refused(cx: &Context<'_>, group: TokenStream) -> TokenStream {
    let private = &cx.private;
    if cx.group.options.completions.is_some() && !cx.is_completions() {
        quote!(#private::no_completions(#group))
    } else {
        group
    }
}
