//! Ast -> tokens: a thin skeleton of calls into `gather::__private`.
//!
//! ```text
//! private::with(
//!     (One(f(1)), star(list).__eager(), limit(n)),             // the user's expressions, as arguments of one call
//!     |(m0, m1, limit)| {                                    // nothing of the user's is evaluated in here
//!         let m0 = not(m0.__kind());                             // most members: a future, or what is wrong with it
//!         let m1 = part(not(of_any(&m1, &Pass).__kind()), m1);    // any member: its kind, or what is wrong with it
//!         struct Gathered<T0, T1> { pub a: T0, pub b: T1 }
//!         gathering(seats, (m0, m1), verdict, limit, deadline, |(m0, m1)| Gathered { a: m0, b: m1 })
//!     },
//! )
//! ```

mod completions;
mod dependencies;
mod editor;
mod layout;
mod lists;
mod member;
mod policy;
mod spawn;
#[cfg(test)]
mod tests;

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};

use crate::ast::{Errors, Group, Layout, State, Valued};
use crate::reader::Reader;
use crate::span::{Ends, at};
use crate::{check, parse};
use dependencies::Graph;

/// Takes the leading `[path]` off.
pub(crate) fn split_crate(input: TokenStream) -> (TokenStream, TokenStream) {
    let mut tokens = input.into_iter();
    let krate = match tokens.next() {
        Some(TokenTree::Group(path)) => path.stream(),
        _ => quote!(::gather),
    };
    (krate, tokens.collect())
}

/// What a call becomes.
pub(crate) fn call(tokens: TokenStream, krate: &TokenStream, reader: Reader) -> TokenStream {
    let mut errors = Errors::default();
    let typed = (reader == Reader::Editor).then(|| tokens.clone());
    let mut checked = parse::group(tokens, &mut errors);
    check::group(&mut checked, &mut errors);
    match typed {
        None => group(&checked, errors, krate),
        // What the rules left of it is not what is being typed.
        Some(typed) => editor::group(parse::group(typed, &mut Errors::default()), errors, krate),
    }
}

/// What every part of the expansion needs to know.
struct Context<'a> {
    group: &'a Group,
    /// `$crate::__private`
    private: TokenStream,
    policy: policy::Policy,
    reader: Reader,
}

impl Context<'_> {
    fn is_spawned(&self) -> bool {
        self.group.options.spawn.is_some()
    }

    /// Where the expansion around a value points: to the value, since there its mistakes are reported; but an editor would
    /// take it for the value.
    fn ends(&self, value: &TokenStream, otherwise: Span) -> Ends {
        match self.reader {
            Reader::Compiler => Ends::of(value, otherwise),
            Reader::Editor => Ends { first: Span::mixed_site(), last: Span::mixed_site() },
        }
    }

    /// `expr`, which calls the crate by a short name, in a block of its own: nothing that a user wrote is in it.
    fn scoped(&self, expr: &TokenStream) -> TokenStream {
        let names = self.names();
        quote!({ #names #expr })
    }

    /// `head(args)` over a value, by a whole path, and where to put what follows it.
    fn call(&self, ends: Ends, head: &TokenStream, args: TokenStream) -> (Ends, TokenStream) {
        match ends.with_hygiene_of(head).filter(|_| self.reader == Reader::Compiler) {
            Some(ends) => (ends, ends.call_moved(head, args)),
            None => (ends, ends.call(head, args)),
        }
    }

    fn names(&self) -> TokenStream {
        let private = &self.private;
        quote! {
            #[allow(unused_imports)]
            use #private::{self as __gather, IntoFutureKind as _, UncalledKind as _};
        }
    }

    /// As [`ends`](Self::ends) for what is made of a name.
    fn at(&self, place: Span) -> Span {
        match self.reader {
            Reader::Compiler => at(place),
            Reader::Editor => Span::mixed_site(),
        }
    }

    /// Nothing is evaluated after its only member: a list need not be collected before its items are started.
    fn is_one_spawned_list(&self) -> bool {
        let Group { layout, members, options, .. } = self.group;
        let based = matches!(layout, Layout::Struct { base: Some(_), .. });
        self.is_spawned() && members.len() == 1 && options.order.is_empty() && !based
    }

    /// Dependants of this member see what is `Ok` of its field.
    fn keeps_value(&self, i: usize) -> bool {
        self.policy.keeps() && self.group.members[i].star.is_none()
    }
}

fn group(group: &Group, errors: Errors, krate: &TokenStream) -> TokenStream {
    let skeleton = skeleton(group, krate, Reader::Compiler);
    if errors.is_empty() {
        return skeleton;
    }
    let errors = errors.into_compile_errors();
    quote!({ let __group = #skeleton; #errors __group })
}

#[allow(clippy::too_many_lines, reason = "one story, read from top to bottom")]
fn skeleton(group: &Group, krate: &TokenStream, reader: Reader) -> TokenStream {
    let private = quote!(#krate::__private);
    let cx = Context { group, policy: policy::Policy::of(group), private, reader };
    let private = &cx.private;

    let graph = Graph::of(group);
    let independent = group.members.iter().enumerate().filter(|(i, _)| !graph.waits(*i));
    let sources = independent.map(|(i, m)| member::source(m, graph.is_awaited(i), &cx));
    let options = option_values(&cx);
    let (option_names, option_exprs): (Vec<_>, Vec<_>) = options.into_iter().unzip();
    let base = layout::base(group);
    let base_name = base.as_ref().map(|_| layout::base_name());
    // Wrapped, since the async block of such a group would borrow a base that is `Copy`.
    let in_block = !graph.is_empty() && !cx.is_spawned();
    let base = base.into_iter().map(|base| if in_block { quote!(#private::FieldValue(#base)) } else { base.clone() });
    let base_name_pattern = base_name.iter();

    let names: Vec<Ident> = (0..group.members.len()).map(slot).collect();
    let written = dependencies::names_of_independent(&graph, names.len());
    let values = quote!((#(#sources,)* #(#option_exprs,)* #(#base,)*));
    let values_pattern = quote!((#(#written,)* #(#option_names,)*));
    let pattern = quote!((#(#written,)* #(#option_names,)* #(#base_name_pattern,)*));

    let mode = cx.policy.mode(group, private);
    let members = dependencies::members(&cx, &graph, &names);
    let record = layout::record(group, &graph);
    let parts = if cx.is_spawned() {
        tree(&names, &quote!(#private::Nil), &|a, b| quote!(#private::pair_of_tasks(#a, #b)))
    } else {
        nested_tree(&names, group.options.poll_all.is_some(), private)
    };
    let taken = tree_pattern(&names);
    let build = layout::build(group, &names, &cx);
    let verdict = cx.policy.verdict(&cx);
    let names_of_private = cx.names();
    let body = if in_block {
        let hygienic = |name| Ident::new(name, Span::mixed_site());
        let (policy, output, heard) =
            (hygienic("__gather_policy"), hygienic("__gather_output"), hygienic("__gather_verdict"));
        let stores = dependencies::stores(&cx, &graph);
        let release = dependencies::release(&cx, &graph);
        let fields = dependencies::fields(&graph, &names);
        let inner = gathering(&cx, &parts, &quote!(#heard), &quote!(::core::convert::identity));
        // The group is made in a block of its own: what it is made of takes no room beside it while it runs.
        let (inner, verdict) = (cx.scoped(&inner), cx.scoped(&verdict));
        quote! {
            #stores
            let #policy;
            let #output = {
                let #values_pattern = #values_pattern;
                #mode
                #members
                let #heard = #verdict;
                #policy = #private::policy_of(&#heard);
                #inner
            }
            .await;
            #release
            {
                #names_of_private
                #record
                __gather::finish(#policy, #output, move |#taken| { #fields #build })
            }
        }
    } else if cx.is_completions() {
        let start = completions::start(&cx, &names[0], &verdict);
        quote!({ #names_of_private #mode #members #start })
    } else {
        let build = quote!(move |#taken| #build);
        let start = if cx.is_spawned() {
            spawn::launch(&cx, &parts, &verdict, &build)
        } else {
            let start = gathering(&cx, &parts, &verdict, &build);
            match the_one_with_question_mark(group) {
                Some(i) => {
                    let (only, here) = (&names[i], Ident::new("__gather_only", Span::mixed_site()));
                    quote!({ let #here = __gather::lone_fallible(&#only); #here.__group({ #start }) })
                }
                None => start,
            }
        };
        if graph.is_empty() {
            quote!({ #names_of_private #mode #members { #record #start } })
        } else {
            quote!({ #mode #members { #names_of_private #record #start } })
        }
    };
    // Here, since a limit of 0 panics where the group is made.
    let lists_only = group.members.iter().all(|member| member.star.is_some());
    let limit_of = match &group.options.limit {
        Some(limit) if !lists_only => {
            // Its panic names the place of the limit.
            let function = Ident::new("limit_of_members", cx.at(limit.word.span()));
            quote!(#private::#function)
        }
        _ => quote!(),
    };
    let limit = asked(&cx, group.options.limit.as_ref(), "limit", "limit", &limit_of);
    let after_limit = |group| match limit {
        Some(limit) => quote!({ #limit #group }),
        None => group,
    };
    let closure = if in_block {
        let moved = graph.moves(group).then(|| Ident::new("move", Span::mixed_site()));
        let base = base_name.map(|base| quote!(let #base = #base; let #private::FieldValue(#base) = #base;));
        let group = after_limit(quote!(#private::opaque(async #moved { #base #body })));
        quote!(#moved |#pattern| #group)
    } else {
        let group = after_limit(body);
        quote!(|#pattern| #group)
    };
    completions::refused(&cx, quote!((#private::with(#values, #closure))))
}

/// If what it gives is no `Result`, nothing tells the error of the group.
fn the_one_with_question_mark(group: &Group) -> Option<usize> {
    let mut demanding = group.members.iter().enumerate().filter(|(_, m)| m.question.is_some());
    match (demanding.next(), demanding.next(), &group.options.policy, &group.options.error) {
        (Some((i, m)), None, None, None) if m.state == State::Good => Some(i),
        _ => None,
    }
}

/// The call that makes the future of an in-task group.
fn gathering(cx: &Context<'_>, tree: &TokenStream, verdict: &TokenStream, build: &TokenStream) -> TokenStream {
    let Context { group, private, .. } = cx;
    // Where members depend on others, the base is not in what is built here.
    let onto_base = Graph::of(group).is_empty() && layout::base(group).is_some();
    let gathering = if onto_base { quote!(gather_future_onto_base) } else { quote!(gather_future) };
    let waits = !Graph::of(group).is_empty();
    let shape = shape(group.members.iter().map(|member| member.star.is_none()), waits, private);
    let make = |seats: &TokenStream, limit: &TokenStream, deadline: &TokenStream| {
        let made = quote!(#private::#gathering(#seats, #shape, #tree, #verdict, #limit, #deadline, #build));
        // The block around a group with dependencies is opaque itself.
        if waits { made } else { quote!(#private::opaque(#made)) }
    };
    in_task(cx, &make)
}

/// A call that is given the seats, the limit and the deadline of an in-task group.
fn in_task(cx: &Context<'_>, make: &dyn Fn(&TokenStream, &TokenStream, &TokenStream) -> TokenStream) -> TokenStream {
    let Context { group, private, .. } = cx;
    let limit = match &group.options.limit {
        Some(_) => option_name("limit").into_token_stream(),
        None => quote!(#private::Unlimited),
    };
    let (timeout, until) = (option_name("timeout"), option_name("until"));
    let until_found = asked(cx, group.options.until.as_ref(), "until", "deadline", &quote!());
    let timeout_found = asked(cx, group.options.timeout.as_ref(), "timeout", "after", &quote!(#private::timeout));
    let deadline = match (&group.options.timeout, &group.options.until) {
        (None, None) => quote!(#private::NoDeadline),
        (Some(_), None) => quote!(#timeout),
        (None, Some(_)) => quote!(#until),
        (Some(_), Some(_)) => quote!(#private::either(#timeout, #until)),
    };
    let single = group.members.iter().filter(|member| member.star.is_none()).count();
    let seats = seats(single, group.options.poll_all.is_some(), private);
    let made = make(&seats, &limit, &deadline);
    quote!(#timeout_found #until_found #made)
}

/// `let name = make(Answer::not(name.__method()));`: the value of an option, or the error that says what it is instead.
fn asked(
    cx: &Context<'_>,
    valued: Option<&Valued>,
    name: &str,
    method: &str,
    make: &TokenStream,
) -> Option<TokenStream> {
    let valued = valued?;
    let ends = cx.ends(&valued.value, valued.word.span());
    let name = option_name(name);
    let here = Ident::new(&name.to_string(), ends.first).into_token_stream();
    let found = ends.call(&quote!(__gather::Answer::not), ends.method(&here, method));
    let private = &cx.private;
    Some(quote!(let #name = { use #private as __gather; #make(#found) };))
}

/// The name of member `i` in the expansion.
fn slot(i: usize) -> Ident {
    format_ident!("__gather_m{i}", span = Span::mixed_site())
}

/// The values of the valued options, in the order of writing, and what they are called in the expansion.
fn option_values(cx: &Context<'_>) -> Vec<(Ident, TokenStream)> {
    let private = &cx.private;
    let options = &cx.group.options;
    let spawned = options.spawn.is_some();
    let known = [
        ("limit", "at_most", &options.limit),
        ("timeout", "after", &options.timeout),
        ("until", if spawned { "until_ending" } else { "until" }, &options.until),
    ];
    let mut values = Vec::new();
    for word in &options.order {
        if let Some((spawn, Some(handle))) = &options.spawn
            && spawn == word
        {
            let ends = cx.ends(handle, word.span());
            values.push((option_name("spawn"), ends.call(&quote!(#private::spawn_on), handle.clone())));
            continue;
        }
        let written =
            |(_, _, valued): &&(&str, &str, &Option<Valued>)| valued.as_ref().is_some_and(|v| v.word == *word);
        let Some((name, function, Some(valued))) = known.iter().find(written) else { continue };
        let ends = cx.ends(&valued.value, valued.word.span());
        let function = Ident::new(function, at(valued.word.span()));
        let value = ends.call(&quote!(#private::#function), valued.value.clone());
        values.push((option_name(name), value));
    }
    if let Some(Valued { value, .. }) = &options.error {
        // Evaluates to nothing; it stands here because then, if there is no such type, rustc says that and nothing else.
        values.push((option_name("error"), quote!(#private::from_error::<#value>())));
    }
    values
}

/// What the value of an option is called in the expansion.
fn option_name(word: &str) -> Ident {
    format_ident!("__gather_{word}", span = Span::mixed_site())
}

/// The kind of seats for so many members. More than [`SEATS`] of them sit in knots.
pub(crate) fn seats(members: usize, poll_all: bool, private: &TokenStream) -> TokenStream {
    if poll_all {
        quote!(#private::POLL_ALL)
    } else if members <= FEW || members > SEATS {
        quote!(#private::POLL_FEW)
    } else {
        quote!(#private::POLL_WOKEN)
    }
}

/// What the members are, for the question whether the group is `Send`.
pub(crate) fn shape(
    mut is_single: impl ExactSizeIterator<Item = bool>,
    is_dependent: bool,
    private: &TokenStream,
) -> TokenStream {
    let members = is_single.len();
    let all_single = !is_dependent && is_single.all(|single| single);
    match members {
        1..=SHAPED if all_single => quote!(#private::Singles),
        1..=SHAPED => quote!(#private::Leaves::<#members>),
        _ => quote!(#private::Leaves::<0>),
    }
}

/// So many members rustc finds in one step: see `gather-core/src/poll/sendable.rs`.
const SHAPED: usize = 16;

/// So few members are polled in every sweep, which is cheaper than to find out who was woken.
const FEW: usize = 8;

/// Those of one group, or knot, can be told apart.
const SEATS: usize = 64;

/// The members of an in-task group as one.
pub(crate) fn nested_tree<T: ToTokens>(leaves: &[T], poll_all: bool, private: &TokenStream) -> TokenStream {
    let nil = quote!(#private::Nil);
    let pair = |a, b| quote!((#a, #b));
    if leaves.len() <= SEATS {
        return tree(leaves, &nil, &pair);
    }
    knots(leaves, poll_all, private)
}

fn knots<T: ToTokens>(leaves: &[T], poll_all: bool, private: &TokenStream) -> TokenStream {
    if leaves.len() <= SEATS {
        let inner = nested_tree(leaves, poll_all, private);
        let seats = if poll_all { quote!(#private::POLL_ALL) } else { quote!(#private::POLL_WOKEN) };
        return quote!(#private::nested(#seats, #inner));
    }
    let (a, b) = leaves.split_at(leaves.len().div_ceil(2));
    let (a, b) = (knots(a, poll_all, private), knots(b, poll_all, private));
    quote!((#a, #b))
}

/// A balanced tree over `leaves`.
fn tree<T: ToTokens>(
    leaves: &[T],
    nil: &TokenStream,
    pair: &dyn Fn(TokenStream, TokenStream) -> TokenStream,
) -> TokenStream {
    match leaves {
        [] => nil.clone(),
        [leaf] => quote!(#leaf),
        _ => {
            let (a, b) = leaves.split_at(leaves.len().div_ceil(2));
            pair(tree(a, nil, pair), tree(b, nil, pair))
        }
    }
}

fn tree_pattern(leaves: &[Ident]) -> TokenStream {
    tree(leaves, &quote!(()), &|a, b| quote!((#a, #b)))
}
