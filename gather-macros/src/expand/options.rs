//! The values of the options.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::context::{Context, hidden};
use crate::ast::Valued;
use crate::span::at;

/// The values of the valued options, in the order of writing, and what they are called in the expansion.
pub(super) fn values(cx: &Context<'_>) -> Vec<(Ident, TokenStream)> {
    let private = &cx.private;
    let options = &cx.group.options;
    let known = [
        ("limit", "at_most", &options.limit),
        ("timeout", "after", &options.timeout),
        ("until", "until", &options.until),
    ];
    let mut values = Vec::new();
    for word in &options.order {
        if let Some((spawn, Some(handle))) = &options.spawn
            && spawn == word
        {
            let ends = cx.ends(&handle.tokens, word.span());
            values.push((hidden("spawn"), ends.call(&quote!(#private::spawn_on), handle.tokens.clone())));
            continue;
        }
        let written =
            |(_, _, valued): &&(&str, &str, &Option<Valued>)| valued.as_ref().is_some_and(|v| v.word == *word);
        let Some((name, function, Some(valued))) = known.iter().find(written) else { continue };
        let ends = cx.ends(&valued.value.tokens, valued.word.span());
        let function = Ident::new(function, at(valued.word.span()));
        let value = ends.call(&quote!(#private::#function), valued.value.tokens.clone());
        values.push((hidden(name), value));
    }
    if let Some(Valued { value, .. }) = &options.error {
        // Evaluates to nothing; it stands here because then, if there is no such type, rustc says that and nothing else.
        values.push((hidden("error"), quote!(#private::from_error::<#value>())));
    }
    values
}

/// `make(Answer::not(name.__method()))`: the value of an option, or the error that says what it is instead.
fn asked(cx: &Context<'_>, valued: &Valued, name: &str, method: &str, make: &TokenStream) -> TokenStream {
    let ends = cx.ends(&valued.value.tokens, valued.word.span());
    let here = Ident::new(&hidden(name).to_string(), ends.first).into_token_stream();
    let found = ends.call(&quote!(__gather::Answer::not), ends.method(&here, method));
    quote!(#make(#found))
}

/// The value of the limit. It is asked first, since a limit of 0 panics where the group is made.
fn limit(cx: &Context<'_>) -> Option<TokenStream> {
    let limit = cx.group.options.limit.as_ref()?;
    let lists_only = cx.group.members.iter().all(|member| member.star.is_some());
    let make = if lists_only {
        TokenStream::new()
    } else {
        // Its panic names the place of the limit.
        let function = Ident::new("limit_of_members", cx.at(limit.word.span()));
        quote!(__gather::#function)
    };
    Some(asked(cx, limit, "limit", "limit", &make))
}

/// `let limit = ..;`
pub(super) fn let_limit(cx: &Context<'_>) -> Option<TokenStream> {
    let (limit, name) = (limit(cx)?, hidden("limit"));
    Some(quote!(let #name = #limit;))
}

/// `let limit = ..;` in a block of its own: behind it stand bodies of dependants, which must not see the short name of the private module.
pub(super) fn let_limit_apart(cx: &Context<'_>) -> Option<TokenStream> {
    let (limit, name) = (cx.scoped(&limit(cx)?), hidden("limit"));
    Some(quote!(let #name = #limit;))
}

/// `let timeout = ..;`
pub(super) fn let_timeout(cx: &Context<'_>) -> Option<TokenStream> {
    let name = hidden("timeout");
    let value = asked(cx, cx.group.options.timeout.as_ref()?, "timeout", "after", &quote!(__gather::timeout));
    Some(quote!(let #name = #value;))
}

/// `let until = ..;`
pub(super) fn let_until(cx: &Context<'_>) -> Option<TokenStream> {
    let name = hidden("until");
    let until = cx.group.options.until.as_ref()?;
    let mut value = asked(cx, until, "until", "deadline", &TokenStream::new());
    if cx.is_spawned() {
        // At the place of the value, for the message where it is not `Send`.
        value = cx.ends(&until.value.tokens, until.word.span()).call(&quote!(__gather::until_of_tasks), value);
    }
    Some(quote!(let #name = #value;))
}

/// The deadline of the group: `timeout`, `until`, or the earlier of both.
pub(super) fn deadline(cx: &Context<'_>) -> TokenStream {
    let (timeout, until) = (hidden("timeout"), hidden("until"));
    match (&cx.group.options.timeout, &cx.group.options.until) {
        (None, None) => quote!(__gather::NoDeadline),
        (Some(_), None) => quote!(#timeout),
        (None, Some(_)) => quote!(#until),
        (Some(_), Some(_)) => quote!(__gather::either(#timeout, #until)),
    }
}
