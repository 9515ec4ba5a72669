//! The call that makes the future, or the stream, of an in-task group.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::context::{Context, hidden};
use super::{labels, options, tree};

/// The future of the members, which becomes what `build` makes of their fields.
pub(super) fn future(cx: &Context<'_>, outcome: &TokenStream, build: &TokenStream) -> TokenStream {
    let waits = !cx.graph.is_empty();
    // Where members depend on others, the base is not in what is built here.
    let onto_base = !waits && cx.group.layout.base().is_some();
    let function = if onto_base { quote!(gather_future_onto_base) } else { quote!(gather_future) };
    let here = quote!(__gather);
    let shape = tree::shape(cx.group.members.iter().map(|member| member.star.is_none()), waits, &here);
    let members = tree::in_task(&cx.names, cx.group.options.poll_all.is_some(), &here);
    let Parts { asked, strategy, limit, deadline } = Parts::of(cx);
    let made = quote!(__gather::#function(#strategy, #shape, #members, #outcome, #limit, #deadline, #build));
    // The block around a group with dependencies is opaque itself.
    let made = if waits { made } else { quote!(__gather::opaque(#made)) };
    quote!(#asked #made)
}

/// The stream of the results of the list.
pub(super) fn stream(cx: &Context<'_>, outcome: &TokenStream) -> TokenStream {
    let list = &cx.names[0];
    let Parts { asked, strategy, limit, deadline } = Parts::of(cx);
    quote!(#asked __gather::completions(__gather::completing(#strategy, #list, #outcome, #limit, #deadline)))
}

/// What every in-task group is made of, beside its members.
struct Parts {
    /// The statements that ask for the deadlines.
    asked: TokenStream,
    strategy: TokenStream,
    limit: TokenStream,
    deadline: TokenStream,
}

impl Parts {
    fn of(cx: &Context<'_>) -> Self {
        let timeout = options::let_timeout(cx);
        let until = options::let_until(cx);
        let limit = if cx.is_limited() { hidden("limit").into_token_stream() } else { quote!(__gather::Unlimited) };
        let single = cx.group.members.iter().filter(|member| member.star.is_none()).count();
        Self {
            asked: quote!(#timeout #until),
            strategy: tree::strategy(single, cx.group.options.poll_all.is_some(), &quote!(__gather)),
            limit: labels::in_task(cx, limit),
            deadline: options::deadline(cx),
        }
    }
}
