//! A group in the task that awaits it, with members that wait for others: an async block that owns the values others wait for, with
//! the group inside.
//!
//! ```text
//! |(m0, m1, limit)| opaque(async {                               // captures what dependants use, as an async block does
//!     let v0 = output_cell();                                    // the field of `m0`, which somebody waits for
//!     let r0 = &v0;
//!     let policy;
//!     let output = {
//!         let (m0, m1) = { use private as __gather; .. };         // `m0` publishes its value in `v0`
//!         let m2 = dependent(async { let user = r0; .. }, (r0, ()));    // the bodies of dependants see no name of private's
//!         {
//!             use private as __gather;
//!             let m2 = ..;
//!             gather_future(.., ((m0, m1), m2), .., identity)
//!         }
//!     }.await;
//!     {
//!         struct Gathered<T0, T1> { pub user: T0, pub advice: T1 }
//!         finish(policy, output, (v0,), |((m0, m1), m2), (v0,)| { let m0 = field_of(v0); Gathered { user: m0, .. } })
//!     }
//! })
//! ```

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

use super::context::{Context, cell, hidden, reference};
use super::outcome::outcome;
use super::{gathering, layout, members, options, tree};
use crate::ast::{Member, Name};

pub(super) fn group(cx: &Context<'_>) -> TokenStream {
    let private = &cx.private;
    let moved = cx.graph.moves(cx.group).then(|| Ident::new("move", Span::mixed_site()));
    let pattern = members::pattern(cx);
    let (base, cells) = (base(cx), cells(cx));
    let (policy, output, collected) = (hidden("policy"), hidden("output"), hidden("outcome"));
    let future = future(cx, &policy, &collected);
    let names = cx.names_of_private();
    let record = layout::record(cx.group, &cx.graph);
    let seen = cx.graph.awaited().map(|i| placed_cell(cx, i));
    let names_of_cells: Vec<Ident> = cx.graph.awaited().map(cell).collect();
    let (fields, result) = (tree::pattern(&cx.names), result(cx));
    let group = quote! {
        #private::opaque(async #moved {
            #base
            #cells
            let #policy;
            let #output = #future.await;
            {
                #names
                #record
                __gather::finish(#policy, #output, (#(#seen,)*), move |#fields, (#(#names_of_cells,)*)| #result)
            }
        })
    };
    match options::let_limit_apart(cx) {
        Some(limit) => quote!(#moved |#pattern| { #limit #group }),
        None => quote!(#moved |#pattern| #group),
    }
}

/// The base of a struct: out of its wrapper, without which the async block would borrow one that is `Copy`.
fn base(cx: &Context<'_>) -> Option<TokenStream> {
    cx.group.layout.base()?;
    let name = layout::base_name();
    Some(quote!(let #name = ::core::convert::identity(#name).0;))
}

/// An output cell for each member that others wait for, and the reference that its dependants have.
fn cells(cx: &Context<'_>) -> TokenStream {
    let make_cell = |i: usize| {
        let (cell, reference) = (cell(i), reference(i));
        let make = if cx.has_result_cell(i) { quote!(result_cell) } else { quote!(output_cell) };
        let seen = placed_cell(cx, i);
        let borrow = quote_spanned!(seen.span()=> &#seen);
        let private = &cx.private;
        quote!(let #cell = #private::#make(); let #reference = #borrow;)
    };
    cx.graph.awaited().map(make_cell).collect()
}

/// The group, in a block of its own: what it is made of takes no room beside it while it runs.
fn future(cx: &Context<'_>, policy: &Ident, collected: &Ident) -> TokenStream {
    let mode = cx.policy.let_mode(cx.group, &cx.private);
    let outcome = outcome(cx);
    let future = gathering::future(cx, &quote!(#collected), &quote!(::core::convert::identity));
    let made = members::in_order(cx).followed_by(
        cx,
        &quote! {
            let #collected = #outcome;
            #policy = __gather::policy_of(&#collected);
            #future
        },
    );
    quote!({ #mode #made })
}

/// The result, in which the fields of members that others saw are taken out of their cells.
fn result(cx: &Context<'_>) -> TokenStream {
    let taken = cx.graph.awaited().map(|i| {
        let (name, cell) = (&cx.names[i], cell(i));
        quote!(let #name = __gather::field_of(#cell);)
    });
    layout::build(cx, &taken.collect())
}

/// The cell of member `i` where it is borrowed and where it is moved into the result. If what a dependant gives borrows from its
/// value, rustc reports both, and only once where they are in one place: between the bars of the dependant, if there is but one.
fn placed_cell(cx: &Context<'_>, i: usize) -> Ident {
    let group = cx.group;
    let name = |member: &Member| match &member.name {
        Some(Name::Ident(name)) => name.span(),
        _ => member.glue,
    };
    let param = |(j, member): (usize, &Member)| {
        let place = cx.graph.needs(j).iter().position(|&on| on == i)?;
        Some(member.needs.as_ref()?.params.get(place)?.name.span())
    };
    let mut params = group.members.iter().enumerate().filter_map(param);
    let place = match (params.next(), params.next()) {
        (Some(only), None) => only,
        _ => name(&group.members[i]),
    };
    let mut cell = cell(i);
    cell.set_span(cx.at(place));
    cell
}
