//! Groups with dependencies: an async block that owns the values others wait for, with the group inside.
//!
//! ```text
//! |(m0, m1, limit)| dependent(async {                            // captures what dependants use, as an async block does
//!     let v0 = value(); let r0 = &v0;                            // somebody waits for it
//!     let output = {
//!         let (m0, m1, limit) = (m0, m1, limit);
//!         let m0 = part(kind(..), m0);
//!         let m0 = depended(m0, r0);
//!         let m2 = LateOne(async { let user = r0.get(); match One(advise(user)) { one => run(kind(..), one) }.await }, (r0, ()));
//!         let m2 = part(kind(..), m2);
//!         gathering(seats, (m0, m2), verdict, limit, deadline, identity)
//!     }.await;
//!     finish(policy, output, |(m0, m2)| { let m0 = field_of(v0); Gathered { user: m0, advice: m2 } })
//! })
//! ```

use std::collections::HashMap;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;

use super::{Context, member, slot};
use crate::ast::{Group, Member, Name, Needs, State};
use crate::span::{Ends, at, unlinted};

/// Who waits for whom, by position. Only members whose dependencies can be expanded count.
pub(super) struct Graph {
    needs: Vec<Vec<usize>>,
}

impl Graph {
    pub(super) fn of(group: &Group) -> Self {
        let mut positions = HashMap::new();
        for (i, member) in group.members.iter().enumerate() {
            if let Some(Name::Ident(name)) = &member.name {
                positions.entry(name.unraw().to_string()).or_insert(i);
            }
        }
        let needs = |m: &Member| match &m.needs {
            Some(needs) if matches!(m.state, State::Good | State::HalfTyped) => {
                needs.params.iter().filter_map(|p| positions.get(&p.name.unraw().to_string()).copied()).collect()
            }
            _ => Vec::new(),
        };
        Self { needs: group.members.iter().map(needs).collect() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.needs.iter().all(Vec::is_empty)
    }

    pub(super) fn waits(&self, i: usize) -> bool {
        !self.needs[i].is_empty()
    }

    pub(super) fn is_awaited(&self, i: usize) -> bool {
        self.needs.iter().any(|needs| needs.contains(&i))
    }

    /// Every dependant captures by `move`, and so the group may.
    pub(super) fn moves(&self, group: &Group) -> bool {
        let mut needs = group.members.iter().enumerate().filter(|(i, _)| self.waits(*i)).map(|(_, m)| &m.needs);
        needs.all(|needs| needs.as_ref().is_some_and(|needs| needs.moved.is_some()))
    }

    /// Every member after those that it waits for. There is no cycle: their members are not [`State::Good`].
    fn order(&self) -> Vec<usize> {
        let mut order = Vec::with_capacity(self.needs.len());
        let mut placed = vec![false; self.needs.len()];
        while order.len() < self.needs.len() {
            let next: Vec<usize> =
                (0..self.needs.len()).filter(|&i| !placed[i] && self.needs[i].iter().all(|&d| placed[d])).collect();
            if next.is_empty() {
                break;
            }
            for i in next {
                placed[i] = true;
                order.push(i);
            }
        }
        order
    }
}

/// The statements that make all members, each after those that it waits for.
pub(super) fn members(cx: &Context<'_>, graph: &Graph, names: &[Ident]) -> TokenStream {
    let mut all = TokenStream::new();
    for i in graph.order() {
        let m = &cx.group.members[i];
        let name = &names[i];
        if graph.waits(i)
            && let Some(needs) = &m.needs
        {
            let late = late(m, needs, &graph.needs[i], cx);
            all.extend(quote!(let #name = #late;));
        }
        let alone = !graph.waits(i) && !graph.is_awaited(i);
        let entered = alone && member::is_plain(m, cx);
        let made = if entered { member::enter(m, name, cx) } else { member::kind(m, name, cx) };
        let made = if graph.is_empty() { made } else { cx.scoped(&made) };
        all.extend(quote!(let #name = #made;));
        if graph.is_awaited(i) {
            all.extend(if cx.is_spawned() { share(cx, i, name) } else { lend(cx, i, name) });
        }
    }
    if cx.is_spawned() {
        // Whoever has a part in a value has to be gone when the group ends, which may be before `launch` returns.
        let shares = (0..names.len()).filter(|&i| graph.is_awaited(i)).map(reference_name);
        all.extend(quote!(#(::core::mem::drop(#shares);)*));
    }
    all
}

/// A value of the group's for each member that others wait for, and the reference that they have.
pub(super) fn stores(cx: &Context<'_>, graph: &Graph) -> TokenStream {
    let awaited = (0..cx.group.members.len()).filter(|&i| graph.is_awaited(i));
    awaited
        .map(|i| {
            let (value, reference) = (value_name(i), reference_name(i));
            let make = if cx.keeps_value(i) { quote!(result_cell) } else { quote!(output_cell) };
            let seen = seen_value(cx, graph, i);
            let borrow = quote_spanned!(seen.span()=> &#seen);
            let private = &cx.private;
            quote!(let #value = #private::#make(); let #reference = #borrow;)
        })
        .collect()
}

/// The field of member `i` goes into such a value.
fn lend(cx: &Context<'_>, i: usize, name: &Ident) -> TokenStream {
    let reference = reference_name(i);
    let private = &cx.private;
    quote!(let #name = #private::publish(#name, #reference);)
}

/// The same for tasks: the value is shared with those of its dependants.
fn share(cx: &Context<'_>, i: usize, name: &Ident) -> TokenStream {
    let m = &cx.group.members[i];
    let ends = cx.ends(&m.value, m.glue);
    let reference = reference_name(i);
    let here = Ident::new(&name.to_string(), ends.first);
    let make = if cx.keeps_value(i) { quote!(shared_kept_value) } else { quote!(shared_value) };
    // On the member: what others depend on must be `Sync`.
    let found = ends.method(&ends.call(&quote!(__gather::#make), quote!(&#here)), "share");
    let value = cx.scoped(&ends.call(&quote!(__gather::Answer::not), found));
    let private = &cx.private;
    quote! {
        let #reference = #value;
        let #name = #private::shared(#name, &#reference);
    }
}

/// The values of the group that others have seen: nobody may look at them any more.
pub(super) fn release(cx: &Context<'_>, graph: &Graph) -> TokenStream {
    let awaited = (0..cx.group.members.len()).filter(|&i| graph.is_awaited(i));
    awaited
        .map(|i| {
            let value = value_name(i);
            let seen = seen_value(cx, graph, i);
            quote!(let #value = #seen;)
        })
        .collect()
}

/// The value of member `i` where it is borrowed and where it is moved into the result. If what a dependant gives borrows from
/// it, rustc reports both, and only once where they are in one place: between the bars of the dependant, if there is but one.
fn seen_value(cx: &Context<'_>, graph: &Graph, i: usize) -> Ident {
    let group = cx.group;
    let name = |member: &Member| match &member.name {
        Some(Name::Ident(name)) => name.span(),
        _ => member.glue,
    };
    let param = |(j, member): (usize, &Member)| {
        let place = graph.needs[j].iter().position(|&on| on == i)?;
        Some(member.needs.as_ref()?.params.get(place)?.name.span())
    };
    let mut params = group.members.iter().enumerate().filter_map(param);
    let place = match (params.next(), params.next()) {
        (Some(only), None) => only,
        _ => name(&group.members[i]),
    };
    let mut value = value_name(i);
    value.set_span(cx.at(place));
    value
}

/// In the result: the values that others saw, under their members' names.
pub(super) fn fields(graph: &Graph, names: &[Ident]) -> TokenStream {
    let awaited = (0..names.len()).filter(|&i| graph.is_awaited(i));
    awaited
        .map(|i| {
            let (name, value) = (&names[i], value_name(i));
            quote!(let #name = __gather::field_of(#value);)
        })
        .collect()
}

/// A dependant as it is written: its body to be evaluated later, and what it waits for.
fn late(member: &Member, needs: &Needs, on: &[usize], cx: &Context<'_>) -> TokenStream {
    let ends = cx.ends(&member.value, member.glue);
    let spawned = cx.is_spawned();
    // By their whole paths: a short name would be known in the body as well.
    let private = &cx.private;
    let gate = on.iter().rev().fold(quote!(()), |rest, &i| {
        let reference = reference_name(i);
        if spawned { quote!((#private::share_with(&#reference), #rest)) } else { quote!((#reference, #rest)) }
    });
    // A task takes part in what it sees; the block below moves these in.
    let references: Vec<Ident> = on.iter().filter(|_| spawned).map(|&i| reference_name(i)).collect();
    let shares = quote!(#(let #references = #private::share_with(&#references);)*);
    let params = needs.params.iter().zip(on).map(|(param, &i)| {
        let (name, reference) = (&param.name, reference_name(i));
        let ty = param.ty.iter();
        let mut own = name.clone();
        own.set_span(cx.at(name.span()));
        let place = Ends { first: own.span(), last: own.span() };
        let (_, seen) = cx.call(place, &quote!(#private::seen), quote!(&*#own));
        // Waiting for a member without looking at its value is fine.
        quote!(let #own = #reference; #[allow(unused_variables)] let #name #(: #ty)* = #seen;)
    });
    let moved = needs.moved.map(|span| Ident::new("move", at(span)));
    let value = &if needs.asyncness.is_some() { unlinted(&member.value) } else { member::future(member, cx) };
    let limited = cx.group.options.limit.is_some();
    if member.star.is_some() {
        let lazy = limited && !spawned;
        let pull = if lazy { "lazy" } else { "eager" };
        // What borrows from a dependency is reported on the whole of it.
        let (ends, star) = cx.call(ends, &quote!(#private::unpack), value.clone());
        let star = ends.method(&star, pull);
        return {
            let create = quote!(#moved || { #(#params)* #star });
            let create = if spawned { quote!({ #shares #create }) } else { create };
            quote!(#private::dependent_list(#gate, #create))
        };
    }
    let body = match needs.asyncness {
        Some(_) => quote!(async #moved { #value }),
        None => value.clone(),
    };
    let one = Ident::new("__gather_one", Span::mixed_site());
    let here = Ident::new("__gather_one", ends.first);
    let source = ends.call(&quote!(#private::single), body);
    let (rung, mode) = cx.policy.body();
    let kind = member::ask(ends, &rung, &here, &quote!(__gather::#mode));
    // A `match`, so that the temporaries of the body live as long as its future; a `let`, so that they end before the parameters.
    let ended = Ident::new("__gather_ended", Span::mixed_site());
    let run = cx.scoped(&quote!(__gather::run_body(#kind, #one)));
    let whole = cx.scoped(&ends.whole(&ended));
    let body = quote!(async #moved {
        #(#params)*
        let #ended = match #source { #one => #run }.await;
        #whole
    });
    let body = if spawned { quote!({ #shares #body }) } else { body };
    quote!(#private::dependent(#body, #gate))
}

fn value_name(i: usize) -> Ident {
    format_ident!("__gather_v{i}", span = Span::mixed_site())
}

fn reference_name(i: usize) -> Ident {
    format_ident!("__gather_r{i}", span = Span::mixed_site())
}

/// What stands where a dependant would, among the values that are there from the start.
pub(super) fn names_of_independent(graph: &Graph, count: usize) -> Vec<Ident> {
    (0..count).filter(|&i| !graph.waits(i)).map(slot).collect()
}
