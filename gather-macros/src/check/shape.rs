//! Mistakes that a value shows by its form alone.

use super::body;
use crate::ast::{Group, Layout, Member, State};
use crate::errors::Errors;
use syn::{Expr, ExprClosure, Pat};

const CLOSURE: &str = "a closure is not a future: write `async { .. }`, or name the members it waits for between the bars, as in `|user| ..`";
const CLOSURE_IN_TUPLE: &str =
    "members of a tuple have no names to wait for: name the members (`a => .., b => |a| ..`)";
const CLOSURE_FOR_LIST: &str = "a closure is not a list of futures: write an iterator, as in `*ids.iter().map(fetch)`";
const LIST: &str = "this is a list of futures, not one future: write `*` before it";

pub(super) fn members(group: &mut Group, errors: &mut Errors) {
    let in_tuple = matches!(group.layout, Layout::Tuple);
    for member in &mut group.members {
        member.state = match member.state {
            State::Good => one(member, in_tuple, errors),
            // Without an expression there is nothing to expand. The mistake was reported.
            State::Rejected if member.value.expr.is_none() => State::Hidden,
            state => state,
        };
    }
}

fn one(member: &Member, in_tuple: bool, errors: &mut Errors) -> State {
    let Some(value) = &member.value.expr else { return State::Hidden };
    let message = match &member.needs {
        // An async body may be of any type.
        Some(needs) if needs.asyncness.is_some() => None,
        Some(needs) => {
            if body::leaves(value, needs, errors) {
                return State::Hidden;
            }
            mistake(value, member.star.is_some(), in_tuple)
        }
        None => mistake(value, member.star.is_some(), in_tuple),
    };
    match message {
        Some(message) => {
            errors.push(syn::Error::new_spanned(&member.value, message));
            // rustc would ask for the types of the parameters of such a closure.
            if untyped_closure(value) { State::Hidden } else { State::Rejected }
        }
        None => State::Good,
    }
}

fn mistake(value: &Expr, star: bool, in_tuple: bool) -> Option<&'static str> {
    match bare(value) {
        Expr::Closure(closure) if in_tuple && takes_names(closure) => Some(CLOSURE_IN_TUPLE),
        Expr::Closure(_) if star => Some(CLOSURE_FOR_LIST),
        Expr::Closure(_) => Some(CLOSURE),
        Expr::Array(_) | Expr::Repeat(_) if !star => Some(LIST),
        Expr::Macro(call) if !star && is_vec(&call.mac.path) => Some(LIST),
        _ => None,
    }
}

/// The expression inside its parentheses.
pub(super) fn bare(mut expr: &Expr) -> &Expr {
    loop {
        expr = match expr {
            Expr::Paren(outer) => &outer.expr,
            Expr::Group(outer) => &outer.expr,
            _ => return expr,
        };
    }
}

fn untyped_closure(value: &Expr) -> bool {
    matches!(bare(value), Expr::Closure(closure) if closure.inputs.iter().any(|input| !matches!(input, Pat::Type(_))))
}

fn takes_names(closure: &ExprClosure) -> bool {
    fn is_name(pat: &Pat) -> bool {
        match pat {
            Pat::Ident(name) => name.by_ref.is_none() && name.mutability.is_none() && name.subpat.is_none(),
            Pat::Type(typed) => is_name(&typed.pat),
            _ => false,
        }
    }
    !closure.inputs.is_empty() && closure.inputs.iter().all(is_name)
}

fn is_vec(path: &syn::Path) -> bool {
    path.segments.last().is_some_and(|segment| segment.ident == "vec")
}
