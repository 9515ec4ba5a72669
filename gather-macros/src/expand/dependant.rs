//! A member that waits for others.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::context::{Context, hidden, reference};
use super::member;
use crate::ast::{Member, Needs};
use crate::span::{Ends, at, unlinted};

/// A dependant as it is written: its body to be evaluated later, and what it waits for.
pub(super) fn dependant(cx: &Context<'_>, member: &Member, needs: &Needs, on: &[usize]) -> TokenStream {
    let ends = cx.ends(&member.value.tokens, member.glue);
    let spawned = cx.is_spawned();
    // Names of the private module stand here as whole paths: a short one would be known in the body as well.
    let private = &cx.private;
    let dependencies = on.iter().rev().fold(quote!(()), |rest, &i| {
        let reference = reference(i);
        if spawned { quote!((#private::clone_cell(&#reference), #rest)) } else { quote!((#reference, #rest)) }
    });
    // A task owns a part of each cell that it looks at; the block below moves these in.
    let references: Vec<Ident> = on.iter().filter(|_| spawned).map(|&i| reference(i)).collect();
    let clones = quote!(#(let #references = #private::clone_cell(&#references);)*);
    let params = needs.params.iter().zip(on).map(|(param, &i)| {
        let (name, reference) = (&param.name, reference(i));
        let ty = param.ty.iter();
        let mut own = name.clone();
        own.set_span(cx.at(name.span()));
        let place = Ends { first: own.span(), last: own.span() };
        let (_, seen) = cx.call(place, &quote!(#private::seen), quote!(&*#own));
        // Waiting for a member without looking at its value is fine.
        quote!(let #own = #reference; #[allow(unused_variables)] let #name #(: #ty)* = #seen;)
    });
    let moved = needs.moved.map(|span| Ident::new("move", at(span)));
    let value = &if needs.asyncness.is_some() { unlinted(&member.value.tokens) } else { member::future(member, cx) };
    let limited = cx.is_limited();
    if member.star.is_some() {
        let lazy = limited && !spawned;
        let pull = if lazy { "lazy" } else { "eager" };
        // A list that borrows from a dependency is reported as a whole.
        let (ends, star) = cx.call(ends, &quote!(#private::unpack), value.clone());
        let star = ends.method(&star, pull);
        return {
            let create = quote!(#moved || { #(#params)* #star });
            let create = if spawned { quote!({ #clones #create }) } else { create };
            quote!(#private::dependent_list(#dependencies, #create))
        };
    }
    let body = match needs.asyncness {
        Some(_) => quote!(async #moved { #value }),
        None => value.clone(),
    };
    let one = hidden("one");
    let here = Ident::new(&one.to_string(), ends.first);
    let source = ends.call(&quote!(#private::single), body);
    let (level, mode) = cx.policy.level_of_body();
    let kind = member::ask(ends, &level, &here, &mode);
    // A `match`, so that the temporaries of the body live as long as its future; a `let`, so that they end before the parameters.
    let ended = hidden("ended");
    let run = cx.scoped(&quote!(__gather::run_body(#kind, #one)));
    let ended_here = Ident::new(&ended.to_string(), ends.first);
    let (ends, whole) = cx.call(ends, &quote!(#private::FieldValue), quote!(#ended_here));
    let whole = ends.first_field(&whole);
    let body = quote!(async #moved {
        #(#params)*
        let #ended = match #source { #one => #run }.await;
        #whole
    });
    let body = if spawned { quote!({ #clones #body }) } else { body };
    quote!(#private::dependent(#body, #dependencies))
}
