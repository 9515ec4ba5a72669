//! Ast -> tokens: a thin skeleton of calls into `gather::__private`. Every ast expands, whatever is wrong with it.
//!
//! ```text
//! private::with(
//!     (single(f(1)), unpack(list).__eager()),                    // the user's expressions, as arguments of one call
//!     |(m0, m1)| {                                               // nothing of the user's is evaluated in here
//!         use private as __gather;
//!         let m0 = Answer::not(m0.__kind());                     // most members: a future, or what is wrong with it
//!         let m1 = {                                             // any other: its kind, or what is wrong with it
//!             let keys = Answer::not(keys(&m1).__keys());
//!             node(keyed(&keys, Answer::not(of_any(&keys, &Plain).__kind())), m1, Immediately)
//!         };
//!         struct Gathered<T0, T1> { pub a: T0, pub b: T1 }
//!         opaque(gather_future(POLL_FEW, Leaves::<2>, (m0, m1), .., |(m0, m1)| Gathered { a: m0, b: m1 }))
//!     },
//! )
//! ```
//!
//! The values are the same for every group; what is done with them is one of four stories, each in a file of its own. The rest
//! are their parts, from the bottom up:
//!
//! | file | what it makes |
//! |---|---|
//! | `graph`, `tree` | who waits for whom; members as a balanced tree |
//! | `policy`, `context` | what every part asks: how members are treated, where a token points |
//! | `layout`, `options`, `lists`, `member` | the result; the values of options; a list's keys; one member |
//! | `members`, `dependant` | all members, each after those that it waits for; one that waits |
//! | `outcome`, `gathering` | what the group ends with; the future itself |
//! | `labels` | what members are called, for `tracing` |

mod completions;
mod context;
mod dependant;
mod dependent;
mod editor;
mod gathering;
mod graph;
pub(crate) mod labels;
mod layout;
mod lists;
mod member;
mod members;
mod options;
mod outcome;
mod plain;
mod policy;
mod spawned;
#[cfg(test)]
mod tests;
pub(crate) mod tree;

pub(crate) use context::{hidden, member_name};

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use crate::ast::Group;
use crate::errors::Errors;
use crate::reader::Reader;
use crate::{check, parse};
use context::Context;

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
    let typed = tokens.clone();
    let mut group = parse::group(tokens, &mut errors);
    check::group(&mut group, &mut errors);
    match reader {
        Reader::Compiler if errors.is_empty() => expansion(&group, krate, reader),
        Reader::Compiler => {
            let expansion = expansion(&group, krate, reader);
            let errors = errors.into_compile_errors();
            quote!({ let __group = #expansion; #errors __group })
        }
        Reader::Editor => {
            // What the rules left of the group is not what is being typed.
            let mut group = parse::group(typed, &mut Errors::default());
            check::as_meant(&mut group, &mut Errors::default());
            let typed = editor::typed(&mut group, krate);
            let expansion = expansion(&group, krate, reader);
            let errors = errors.into_compile_errors();
            quote!({ #typed let __group = #expansion; #errors __group })
        }
    }
}

fn expansion(group: &Group, krate: &TokenStream, reader: Reader) -> TokenStream {
    let cx = Context::of(group, krate, reader);
    let values = members::values(&cx);
    let story = if cx.is_spawned() {
        spawned::group(&cx)
    } else if cx.is_completions() {
        completions::group(&cx)
    } else if cx.graph.is_empty() {
        plain::group(&cx)
    } else {
        dependent::group(&cx)
    };
    let private = &cx.private;
    completions::refused(&cx, quote!((#private::with(#values, #story))))
}
