//! One member: its value where the group is written, and the call that finds its kind.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};

use super::context::{Context, hidden};
use super::{lists, policy};
use crate::ast::{Member, State};
use crate::span::{Ends, at, unlinted};

/// The user's expression, marked as a single member or as a list.
pub(super) fn source(member: &Member, is_awaited: bool, cx: &Context<'_>) -> TokenStream {
    let private = &cx.private;
    let ends = cx.ends(&member.value.tokens, member.glue);
    let value = &future(member, cx);
    let (limited, spawned) = (cx.is_limited(), cx.is_spawned());
    let one = quote!(#private::single);
    if member.state == State::Hidden {
        let glue = at(member.glue);
        return quote_spanned!(glue=> #one(()));
    }
    if member.star.is_some() && member.state != State::Rejected {
        let star = ends.call(&quote!(#private::unpack), value.clone());
        // Tasks that wait for a list want to know when it is complete.
        let lazy = limited && !(spawned && is_awaited);
        let pulled = match (lazy, cx.is_one_spawned_list()) {
            (true, _) => "lazy",
            (false, true) => "alone",
            (false, false) => "eager",
        };
        return ends.method(&star, pulled);
    }
    ends.call(&one, value.clone())
}

/// The value; where it gives none, as `todo!()`, a future of whatever is wanted: of the type of such a value rustc learns
/// nothing, and in the end takes it for `!`, which is no future.
pub(super) fn future(member: &Member, cx: &Context<'_>) -> TokenStream {
    let value = unlinted(&member.value.tokens);
    if member.state != State::Good || !diverges(&value) {
        return value;
    }
    let private = &cx.private;
    // An error that is kept has to be known here, where its source is found.
    let known = (cx.policy.keeps() && cx.group.options.error.is_none()).then(|| quote!(-> ::core::convert::Infallible));
    let output = if member.question.is_some() {
        let error = if known.is_some() { quote!({ ::core::panic!() }) } else { quote!(::core::panic!()) };
        quote!(#private::unwritten_result(#value, || #known #error))
    } else {
        value
    };
    let future = quote!(::core::future::ready(#output));
    let future = if member.star.is_some() { quote!([#future]) } else { future };
    // rustc warns of the first thing that is never reached, which is in the `let`, and then no more.
    let name = hidden("future");
    quote!({ #[allow(unreachable_code, clippy::diverging_sub_expression)] let #name = #future; #name })
}

/// Is this surely `todo!()` or `return`, or a block that ends so?
fn diverges(value: &TokenStream) -> bool {
    let tokens: Vec<TokenTree> = value.clone().into_iter().collect();
    let is = |token: &TokenTree, words: &[&str]| words.contains(&token.to_string().as_str());
    match tokens.as_slice() {
        [TokenTree::Group(block)] if block.delimiter() != Delimiter::Bracket => {
            let inner: Vec<TokenTree> = block.stream().into_iter().collect();
            let last = inner.rsplit(|token| is(token, &[";"])).find(|statement| !statement.is_empty());
            last.is_some_and(|last| diverges(&last.iter().cloned().collect()))
        }
        [path @ .., word, mark, TokenTree::Group(_)] if is(mark, &["!"]) => {
            is(word, &["todo", "unimplemented", "unreachable", "panic"])
                && path.iter().all(|token| matches!(token, TokenTree::Ident(_)) || is(token, &[":"]))
        }
        [word, ..] => is(word, &["return", "break", "continue"]),
        [] => false,
    }
}

/// `Answer::not(of_..(&name, &mode).__kind())`: what kind of member this is, or the error that says what it is instead.
pub(super) fn ask(ends: Ends, level: &Ident, name: &Ident, mode: &TokenStream) -> TokenStream {
    let probe = ends.call(&quote!(__gather::#level), quote!(&#name, &#mode));
    let picked = ends.method(&probe, "kind");
    ends.call(&quote!(__gather::Answer::not), picked)
}

/// `Answer::not(name.__kind())`: the same in fewer steps, for what most members are.
pub(super) fn enter(member: &Member, name: &Ident, cx: &Context<'_>) -> TokenStream {
    let ends = cx.ends(&member.value.tokens, member.glue);
    let here = Ident::new(&name.to_string(), ends.first).into_token_stream();
    let mode = policy::mode_name();
    let asked = if member.question.is_some() {
        ends.call(&quote!(__gather::required_member), quote!(#here, &#mode))
    } else {
        here
    };
    ends.call(&quote!(__gather::Answer::not), ends.method(&asked, "kind"))
}

/// Whether this member is asked by [`enter`], provided that it waits for nobody and nobody waits for it.
pub(super) fn is_plain(member: &Member, cx: &Context<'_>) -> bool {
    let single = member.star.is_none() && member.state == State::Good;
    single && cx.policy.is_plain() && !cx.is_limited()
}

/// When a single member of an in-task group starts.
fn starts(limited: bool) -> TokenStream {
    if limited { quote!(WITH_PERMIT) } else { quote!(Immediately) }
}

/// `node(Answer::not(of_..(&name, &mode).__kind()), name, starts)`. A kind that keeps errors is asked where their sources are found,
/// `found(kind).__found()`, and that of a task whether it can be sent.
pub(super) fn kind(member: &Member, name: &Ident, cx: &Context<'_>) -> TokenStream {
    let ends = cx.ends(&member.value.tokens, member.glue);
    let here = Ident::new(&name.to_string(), ends.first);
    let keys = hidden("keys");
    let mut split: Option<TokenStream> = None;
    let kind = if member.state == State::Good {
        let (level, mode) = cx.policy.level(member);
        let kind = if member.star.is_some() {
            split = Some(lists::keys(member, &keys, &here, ends, cx));
            let keys_here = Ident::new(&keys.to_string(), ends.first);
            ask(ends, &level, &keys_here, &mode)
        } else {
            ask(ends, &level, &here, &mode)
        };
        let kind =
            if cx.policy.keeps() { ends.method(&ends.call(&quote!(__gather::found), kind), "found") } else { kind };
        if split.is_some() { ends.call(&quote!(__gather::keyed), quote!(&#keys, #kind)) } else { kind }
    } else {
        quote!(__gather::invalid())
    };
    let part = if cx.is_completions() {
        let order = lists::order(cx, split.as_ref().map(|_| &keys));
        split.get_or_insert_default().extend(order);
        let order = lists::order_name();
        ends.call(&quote!(__gather::completing_node), quote!(&#order, #kind, #here))
    } else if cx.is_spawned() {
        let sending =
            ends.method(&ends.call(&quote!(__gather::sending), quote!(#kind, &#here)), "send_or_leave_out_spawn");
        let kind = ends.call(&quote!(__gather::send_or_leave_out_spawn), sending);
        ends.call(&quote!(__gather::task), quote!(#kind, #here))
    } else {
        let starts = starts(cx.is_limited());
        ends.call(&quote!(__gather::node), quote!(#kind, #here, __gather::#starts))
    };
    match split {
        Some(split) => quote!({ #split #part }),
        None => part,
    }
}
