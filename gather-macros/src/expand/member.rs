//! One member: its value where the group is written, and the call that finds its kind.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};

use super::Context;
use crate::ast::{Member, State};
use crate::span::{Ends, at};

/// The user's expression, marked as a single member or as a list.
pub(super) fn source(member: &Member, is_awaited: bool, cx: &Context<'_>) -> TokenStream {
    let private = &cx.private;
    let value = &member.value;
    let ends = Ends::of(value, member.glue);
    let limited = cx.group.options.limit.is_some();
    let spawned = cx.group.options.spawn.is_some();
    let one = if limited && !spawned { quote!(#private::Queued) } else { quote!(#private::One) };
    if member.state == State::Hidden {
        let glue = at(member.glue);
        return quote_spanned!(glue=> { #private::__editor! { #value } #one(()) });
    }
    if member.star.is_some() && member.state == State::Good {
        let star = ends.call(&quote!(#private::Star), value.clone());
        // Tasks that wait for a list want to know when it is complete.
        let lazy = limited && !(spawned && is_awaited);
        return ends.method(&star, if lazy { "lazy" } else { "eager" });
    }
    ends.call(&one, value.clone())
}

/// `Answer::not(of_..(&name, &mode).kind())`: what kind of member this is, or the error that says what it is instead.
pub(super) fn ask(ends: Ends, rung: &Ident, name: &Ident, mode: &TokenStream) -> TokenStream {
    let probe = ends.call(&quote!(__gather::#rung), quote!(&#name, &#mode));
    let picked = ends.method(&probe, "kind");
    ends.call(&quote!(__gather::Answer::not), picked)
}

/// `let name = part(Answer::not(of_..(&name, &mode).kind()), name);`
pub(super) fn kind(member: &Member, name: &Ident, cx: &Context<'_>) -> TokenStream {
    let ends = Ends::of(&member.value, member.glue);
    let here = Ident::new(&name.to_string(), ends.first);
    let kind = if member.state == State::Good {
        let (rung, mode) = cx.policy.rung(member, &cx.private);
        ask(ends, &rung, &here, &mode)
    } else {
        quote!(__gather::rejected())
    };
    let make = if cx.group.options.spawn.is_some() { quote!(__gather::task) } else { quote!(__gather::part) };
    let part = ends.call(&make, quote!(#kind, #here));
    quote!(let #name = #part;)
}
