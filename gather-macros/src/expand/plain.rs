//! A group in the task that awaits it, whose members all start at once.
//!
//! ```text
//! |(m0, m1)| {
//!     use private as __gather;
//!     let m0 = ..;
//!     let m1 = ..;
//!     {
//!         struct Gathered<T0, T1> { pub a: T0, pub b: T1 }
//!         opaque(gather_future(.., (m0, m1), .., |(m0, m1)| Gathered { a: m0, b: m1 }))
//!     }
//! }
//! ```

use proc_macro2::TokenStream;
use quote::quote;

use super::context::{Context, hidden};
use super::outcome::outcome;
use super::{gathering, layout, members, options, tree};
use crate::ast::{Group, State};

pub(super) fn group(cx: &Context<'_>) -> TokenStream {
    let pattern = members::pattern(cx);
    let names = cx.names_of_private();
    let limit = options::let_limit(cx);
    let mode = cx.policy.let_mode(cx.group, &quote!(__gather));
    let members = members::all_at_once(cx);
    let record = layout::record(cx.group, &cx.graph);
    let (fields, result) = (tree::pattern(&cx.names), layout::build(cx, &TokenStream::new()));
    let future = gathering::future(cx, &outcome(cx), &quote!(move |#fields| #result));
    let future = match the_one_with_question_mark(cx.group) {
        Some(i) => {
            let (only, here) = (&cx.names[i], hidden("only"));
            quote!({ let #here = __gather::lone_fallible(&#only); #here.__group({ #future }) })
        }
        None => future,
    };
    quote!(|#pattern| { #names #limit #mode #members { #record #future } })
}

/// The position of the only member with a `?`. If its output is no `Result`, rustc cannot infer the error type of the group, and would
/// report that as well; the group is then made through this member, which answers for both.
fn the_one_with_question_mark(group: &Group) -> Option<usize> {
    let mut fallible = group.members.iter().enumerate().filter(|(_, m)| m.question.is_some());
    match (fallible.next(), fallible.next(), &group.options.policy, &group.options.error) {
        (Some((i, m)), None, None, None) if m.state == State::Good => Some(i),
        _ => None,
    }
}
