//! How the fields are put together: a tuple, an anonymous record, or the user's struct.

use proc_macro2::{Delimiter, Group as Tokens, Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};

use super::context::{Context, hidden};
use super::graph::Graph;
use crate::ast::{Group, Layout, Member, Name, State};

pub(super) fn base_name() -> Ident {
    hidden("base")
}

/// The base where the group is written: evaluated after the members. It is wrapped where an async block takes it, which would
/// borrow one that is `Copy`.
pub(super) fn base_value(cx: &Context<'_>) -> Option<TokenStream> {
    let base = cx.group.layout.base()?;
    let private = &cx.private;
    let in_block = !cx.graph.is_empty() && !cx.is_spawned();
    Some(if in_block { quote!(#private::FieldValue(#base)) } else { base.clone() })
}

/// `gather!(*list)`: the list is the group.
fn is_lone_list(group: &Group) -> bool {
    matches!(group.layout, Layout::Tuple) && matches!(group.members.as_slice(), [m] if m.star.is_some())
}

/// The members' names for exceptions.
pub(super) fn names(group: &Group) -> TokenStream {
    match group.layout {
        Layout::Tuple if is_lone_list(group) => quote!(__gather::MemberNames::Items),
        Layout::Tuple => quote!(__gather::MemberNames::Positions),
        Layout::Record | Layout::Struct { .. } => {
            let names = read_names(group);
            quote!(__gather::MemberNames::Fields(&[#(#names),*]))
        }
    }
}

/// The names of members in messages: without the `_` before a name that nobody reads.
pub(super) fn read_names(group: &Group) -> Vec<String> {
    let names: Vec<String> = group.members.iter().map(written_name).collect();
    let is_record = matches!(group.layout, Layout::Record);
    names.iter().map(|name| if is_record { read_name(name, &names) } else { name }.to_owned()).collect()
}

fn written_name(member: &Member) -> String {
    match &member.name {
        Some(Name::Ident(name)) => crate::names::name(name),
        Some(Name::Index(index, _)) => index.to_string(),
        Some(Name::Ignored(_)) | None => "_".to_owned(),
    }
}

/// A member that nobody reads is called `_name`, which is `name` to a reader.
fn read_name<'a>(name: &'a str, all: &[String]) -> &'a str {
    match name.strip_prefix('_') {
        Some(rest) if rest.starts_with(char::is_alphabetic) && !all.iter().any(|other| other == rest) => rest,
        _ => name,
    }
}

fn named(group: &Group) -> impl Iterator<Item = (usize, &Member, &Ident)> {
    group.members.iter().enumerate().filter_map(|(i, m)| match &m.name {
        Some(Name::Ident(name)) if !is_duplicate(group, i, name) => Some((i, m, name)),
        _ => None,
    })
}

/// A second member of one name was reported, and has no field.
fn is_duplicate(group: &Group, i: usize, name: &Ident) -> bool {
    let own = Some(crate::names::name(name));
    group.members[i].state == State::Hidden && group.members[..i].iter().any(|m| m.key() == own)
}

/// `struct Gathered<T0, T1> { pub a: T0, pub b: T1 }`, in a record.
pub(super) fn record(group: &Group, graph: &Graph) -> TokenStream {
    if !matches!(group.layout, Layout::Record) || named(group).next().is_none() {
        return TokenStream::new();
    }
    // rustc says that a field is never read, or does not exist, where the whole of it has the user's place.
    let fields = named(group).map(|(i, m, name)| {
        let ty = format_ident!("T{i}", span = m.glue);
        // Another member looks at it.
        let read = graph.is_awaited(i).then(|| quote_spanned!(m.glue=> #[allow(dead_code)]));
        quote_spanned!(m.glue=> #read pub #name: #ty)
    });
    let place = named(group).next().map_or_else(Span::call_site, |(_, m, _)| m.glue);
    let types = named(group).map(|(i, ..)| format_ident!("T{i}", span = place));
    let head = quote_spanned!(place=> #[derive(::core::fmt::Debug, ::core::clone::Clone)] struct Gathered<#(#types),*>);
    quote!(#head { #(#fields),* })
}

/// The expression that makes the result of the members' fields, after the statements `before`.
pub(super) fn build(cx: &Context<'_>, before: &TokenStream) -> TokenStream {
    let built = of_fields(cx);
    if cx.policy.keeps() {
        return block(before, built);
    }
    // A member may be known never to give anything; that nothing is reached behind it concerns nobody.
    let made = hidden("made");
    quote!({ #before #[allow(unreachable_code)] let #made = #built; #made })
}

fn block(before: &TokenStream, expr: TokenStream) -> TokenStream {
    if before.is_empty() { expr } else { quote!({ #before #expr }) }
}

fn of_fields(cx: &Context<'_>) -> TokenStream {
    let (group, names) = (cx.group, &cx.names);
    match &group.layout {
        Layout::Tuple if is_lone_list(group) => names[0].to_token_stream(),
        Layout::Tuple => quote!((#(#names,)*)),
        Layout::Record => {
            let fields = named(group).map(|(i, _, name)| {
                let value = &names[i];
                quote!(#name: #value)
            });
            let dropped = ignored(group, names, cx);
            match named(group).next() {
                Some(_) => block(&dropped, quote!(Gathered { #(#fields),* })),
                None => quote!({ #dropped }),
            }
        }
        Layout::Struct { path, .. } => {
            let fields = group.members.iter().zip(names).enumerate().filter_map(|(i, (m, value))| {
                // In an expression as long as the member's, since a field of the wrong type is reported there.
                let value = cx.ends(&m.value.tokens, m.glue).whole(value);
                match &m.name {
                    Some(Name::Ident(name)) if !is_duplicate(group, i, name) => Some(quote!(#name: #value)),
                    Some(Name::Index(index, span)) => {
                        let mut index = syn::Index::from(*index as usize);
                        index.span = *span;
                        Some(quote!(#index: #value))
                    }
                    _ => None,
                }
            });
            let base = group.layout.base().map(|value| {
                let mut base = base_name();
                base.set_span(cx.ends(value, base.span()).first);
                quote!(..#base)
            });
            let mut braces = Tokens::new(Delimiter::Brace, quote!(#(#fields,)* #base));
            // With the user's hygiene, since only then rustc says of a field that does not exist which ones do. But numbers as
            // fields are linted there.
            let numbered = group.members.iter().any(|m| matches!(m.name, Some(Name::Index(..))));
            if let (false, Some(last)) = (numbered, path.clone().into_iter().last()) {
                braces.set_span(last.span());
            }
            block(&ignored(group, names, cx), quote!(#path #braces))
        }
    }
}

/// Whether rustc shall warn that the field of this `_` member is not used. It shall where an error may be lost: under
/// `return_exceptions`, and behind a `?`. Elsewhere `_` says that nobody wants the field.
fn is_reported(member: &Member, cx: &Context<'_>) -> bool {
    let holds = cx.policy.keeps() || member.question.is_some();
    holds && member.star.is_none() && member.state == State::Good
}

/// `_` members: dropped, and reported as unused where they hold an error that nobody sees.
fn ignored(group: &Group, names: &[Ident], cx: &Context<'_>) -> TokenStream {
    let private = &cx.private;
    let mut all = TokenStream::new();
    for (i, (member, value)) in group.members.iter().zip(names).enumerate() {
        match &member.name {
            Some(Name::Index(..)) => {}
            Some(Name::Ident(name)) if !is_duplicate(group, i, name) => {}
            Some(Name::Ignored(span)) if is_reported(member, cx) => {
                // The user's place with the user's hygiene: of anything else the lint says that it is the whole call.
                all.extend(
                    quote_spanned!(*span=> { use #private::ignored; #[allow(unused_results)] ignored(#value); }),
                );
            }
            _ => all.extend(quote!(::core::mem::drop(#value);)),
        }
    }
    all
}
