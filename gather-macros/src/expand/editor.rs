//! The expansion for an editor, which expands a call twice, as it is and with a word put in at the cursor, and finds its way
//! by what is the same up to there. So all that was typed is expanded, finished or not, in the order of typing, and nothing
//! depends on what follows it:
//!
//! ```text
//! {
//!     { mod known { .. } use known::{limit,}; }              // the words of the options, with their docs
//!     let _: usize = 8;                                      // their values
//!     let _ = || { Page { user: loop {}, advice }; .. };     // the fields of a struct
//!     let _ = |user, advice| { user; };                      // the names between bars
//!     let group = with(..);                                  // what the compiler gets, without the options above
//!     compile_error! { .. }
//!     group
//! }
//! ```

use std::collections::HashSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::ast::{Group, Layout, Member, Name, State};
use crate::completion::{or_any, words};
use crate::names::name;
use crate::options::{self, Macro, Slot};

/// The statements that hold what was typed. Of the group they leave what is expanded as for a compiler.
pub(super) fn typed(group: &mut Group, krate: &TokenStream) -> TokenStream {
    let options = options(group, krate);
    let fields = fields(group);
    let bars = bars(group);
    for member in &mut group.members {
        if member.state != State::Good {
            member.state = State::HalfTyped;
        }
        member.value.tokens = or_any(&member.value.tokens);
    }
    without_repeated_names(&mut group.members);
    without_lost_needs(&mut group.members);
    quote!(#options #fields #bars)
}

/// The options as typed. What none of the fields' types depends on is taken out of the group.
fn options(group: &mut Group, krate: &TokenStream) -> TokenStream {
    let typed = &group.typed_options;
    let known = options::of(Macro::Gather).map(|(row, docs)| (row.word, docs));
    let words = words(known, typed.iter().map(|option| option.word.clone()));
    let values = typed.iter().filter_map(|option| {
        let value = or_any(option.typed.as_ref()?);
        Some(match options::find(Macro::Gather, &option.word.to_string()).map(|row| row.slot) {
            Some(Slot::Limit) => quote!(let _: ::core::primitive::usize = #value;),
            Some(Slot::Timeout) => quote!(let _: ::core::time::Duration = #value;),
            Some(Slot::Error) => quote!(let _: ::core::option::Option<#value>;),
            Some(Slot::Spawn) => quote!(let _ = #krate::__private::spawn_on(#value);),
            Some(Slot::Until | Slot::Completions | Slot::PollAll | Slot::Policy(_) | Slot::Crate) | None => {
                quote!(let _ = #value;)
            }
        })
    });
    let all = quote!(#words #(#values)*);
    let given = &mut group.options;
    (given.limit, given.timeout, given.until) = (None, None, None);
    if let Some((_, handle)) = &mut given.spawn {
        *handle = None;
    }
    all
}

/// The names of the fields, in a literal of the struct.
fn fields(group: &Group) -> TokenStream {
    let Layout::Struct { path, .. } = &group.layout else { return TokenStream::new() };
    let fields = group.members.iter().enumerate().filter_map(|(i, member)| {
        let comma = (i > 0).then(|| quote!(,));
        match &member.name {
            Some(Name::Ident(name)) if member.shorthand => Some(quote!(#comma #name)),
            Some(Name::Ident(name)) => Some(quote!(#comma #name: loop {})),
            _ => None,
        }
    });
    // What is being typed may be one more field, behind a comma.
    let comma = group.members.last().is_some_and(|last| !last.shorthand).then(|| quote!(,));
    let base = group.layout.base().map(|_| quote!(..loop {}));
    // A name alone is a value as well, of any type: not the variable, which has another, as it is a future.
    let shorthands = group.members.iter().filter_map(|member| match &member.name {
        Some(Name::Ident(ident)) if member.shorthand => Some(Ident::new_raw(&name(ident), Span::mixed_site())),
        _ => None,
    });
    quote! {
        let _ = || {
            #path { #(#fields)* #comma #base };
            #(#[allow(non_upper_case_globals)] const #shorthands: ! = loop {};)*
        };
    }
}

/// The names between bars, each where the names of the members are variables.
fn bars(group: &Group) -> TokenStream {
    let names = || {
        let all = group.members.iter().filter_map(|member| match &member.name {
            Some(Name::Ident(name)) => Some(name),
            _ => None,
        });
        let mut seen = HashSet::new();
        all.filter(move |ident| seen.insert(name(ident)))
    };
    let needs = group.members.iter().filter_map(|member| member.needs.as_ref());
    needs
        .map(|needs| {
            let names = names();
            let params = needs.params.iter().map(|param| &param.name).filter(|name| *name != "_");
            quote!(let _ = |#(#names),*| { #(#params;)* };)
        })
        .collect()
}

fn without_repeated_names(members: &mut [Member]) {
    let mut seen = HashSet::new();
    for member in members {
        if let Some(name) = member.key()
            && !seen.insert(name)
        {
            member.name = Some(Name::Ignored(member.glue));
        }
    }
}

/// Members wait only for those that there are, and not in circles.
fn without_lost_needs(members: &mut [Member]) {
    let names: Vec<Option<String>> = members.iter().map(Member::key).collect();
    for (member, own) in members.iter_mut().zip(&names) {
        let Some(needs) = &mut member.needs else { continue };
        let mut seen = HashSet::new();
        needs.params.retain(|param| {
            let param = Some(name(&param.name));
            param != *own && names.contains(&param) && seen.insert(param)
        });
        if needs.params.is_empty() {
            member.needs = None;
        }
    }
    let mut placed: HashSet<String> = HashSet::new();
    let mut waiting: Vec<&mut Member> = members.iter_mut().collect();
    loop {
        let before = waiting.len();
        waiting.retain(|member| {
            let needs = member.needs.iter().flat_map(|needs| &needs.params);
            let ready = needs.map(|param| name(&param.name)).all(|param| placed.contains(&param));
            if ready {
                placed.extend(member.key());
            }
            !ready
        });
        if waiting.len() == before {
            break;
        }
    }
    for member in waiting {
        member.needs = None;
    }
}
