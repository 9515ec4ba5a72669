//! Every rule on what was parsed.

use proc_macro2::{Span, TokenTree};

use super::ast::{Arguments, Item};
use super::stages::{self, Step};
use crate::check::wrong_limit;
use crate::errors::Errors;
use crate::facts::Leaves;
use crate::options::{Macro, report_words};

pub(super) fn all(arguments: &Arguments, item: &Item, steps: &[Step<'_>], errors: &mut Errors) {
    report_words(Macro::GatherGroup, &arguments.words, errors);
    if let Some(limit) = &arguments.limit
        && let Some(message) = wrong_limit(limit)
    {
        errors.push(syn::Error::new_spanned(limit, message));
    }
    match item {
        Item::HalfTyped => {}
        Item::Other(first) => other(first.as_ref(), errors),
        Item::NotAsync(place) => errors.at(
            *place,
            "`#[gather_group]` needs an `async fn`: write `async` before this `fn`, and the attribute above others that make a plain fn of it, such as `#[tokio::main]`",
        ),
        Item::NoBody(place) => {
            errors.at(*place, "`#[gather_group]` needs a body: move it to the impls of this fn, or give it a default body");
        }
        Item::Function(function) => {
            if stages::members(steps).next().is_none() {
                errors.at(
                    function.signature.ident.span(),
                    "nothing in this fn can run concurrently, as no `let` of its own awaits: write `let a = f().await;`, or remove `#[gather_group]`",
                );
            }
            for place in stages::members(steps).flat_map(|member| member.facts.places(Leaves::Return)) {
                errors.at(
                    place,
                    "`return` cannot leave an initialiser that `#[gather_group]` may run beside others: use `?`, `let .. else`, or a statement after this `let`",
                );
            }
        }
    }
}

fn other(first: Option<&TokenTree>, errors: &mut Errors) {
    let place = first.map_or_else(Span::call_site, TokenTree::span);
    let inside = first.is_some_and(|word| ["impl", "trait", "mod"].contains(&word.to_string().as_str()));
    let message = if inside {
        "`#[gather_group]` works on single fns: move it to each `async fn` in here"
    } else {
        "`#[gather_group]` works on an `async fn` and nothing else: remove it, or move it to one"
    };
    errors.at(place, message);
}
