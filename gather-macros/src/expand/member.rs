//! One member: its value where the group is written, and the call that finds its kind.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};

use super::Context;
use crate::ast::{Member, State};
use crate::span::{Ends, at};

/// The user's expression, marked as a single member or as a list.
pub(super) fn source(member: &Member, cx: &Context<'_>) -> TokenStream {
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
        return ends.method(&star, if limited { "lazy" } else { "eager" });
    }
    ends.call(&one, value.clone())
}

/// `let name = part(kind(of_..(&name, &mode).kind()), name);`
pub(super) fn kind(member: &Member, name: &Ident, cx: &Context<'_>) -> TokenStream {
    let ends = Ends::of(&member.value, member.glue);
    let here = Ident::new(&name.to_string(), ends.first);
    let kind = if member.state == State::Good {
        let (rung, mode) = cx.policy.rung(member, &cx.private);
        let probe = ends.call(&quote!(__gather::#rung), quote!(&#here, &#mode));
        let picked = ends.method(&probe, "kind");
        ends.call(&quote!(__gather::kind), picked)
    } else {
        quote!(__gather::rejected())
    };
    let make = if cx.group.options.spawn.is_some() { quote!(__gather::task) } else { quote!(__gather::part) };
    let part = ends.call(&make, quote!(#kind, #here));
    quote!(let #name = #part;)
}
