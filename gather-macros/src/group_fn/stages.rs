//! Which statements of the body run together.

use proc_macro2::Ident;
use syn::{Local, LocalInit, Pat, ReturnType, Stmt};

use super::ast::{Function, Item};
use super::return_type::{self, Returned};
use super::temporaries;
use crate::facts::{Facts, Leaves};
use crate::names::{bound, name};

/// A part of the body. One runs after the other.
pub(super) enum Step<'a> {
    /// A statement that stays as it is, by its place in the body.
    Barrier(usize),
    /// `let`s that run together; a single one stays as it is, too.
    Stage(Vec<Member<'a>>),
}

/// A `let` that awaits.
pub(super) struct Member<'a> {
    /// The number of the statement in the body.
    pub(super) at: usize,
    pub(super) written: &'a Local,
    pub(super) init: &'a LocalInit,
    pub(super) facts: Facts,
    /// The names that it binds.
    pub(super) names: Vec<Ident>,
    /// Whether it is a `let .. else`, which may leave the fn: whatever comes next must wait for it.
    is_last: bool,
}

pub(super) fn of(item: &Item) -> Vec<Step<'_>> {
    let Item::Function(function) = item else {
        return Vec::new();
    };
    let mut steps = Vec::new();
    let mut stage: Vec<Member<'_>> = Vec::new();
    for (at, statement) in function.statements.iter().enumerate() {
        let member = member(at, statement, function);
        let waits = member.as_ref().is_none_or(|member| waits(member, &stage, function));
        if waits && !stage.is_empty() {
            steps.push(Step::Stage(std::mem::take(&mut stage)));
        }
        match member {
            Some(member) => stage.push(member),
            None => steps.push(Step::Barrier(at)),
        }
    }
    if !stage.is_empty() {
        steps.push(Step::Stage(stage));
    }
    steps
}

/// Whether `member` has to run after `stage`.
fn waits(member: &Member<'_>, stage: &[Member<'_>], function: &Function) -> bool {
    let uses = stage.iter().flat_map(|earlier| &earlier.names).any(|it| member.facts.uses.contains(&name(it)));
    // Only an initialiser that never ends lets such a fn end with a `let`. In an async block that would not be seen.
    let ends_fn = member.at + 1 == function.statements.len() && !return_type::is_unit(&function.signature.output);
    uses || ends_fn || stage.last().is_some_and(|last| last.is_last)
}

fn member<'a>(at: usize, statement: &'a Stmt, function: &Function) -> Option<Member<'a>> {
    let Stmt::Local(written) = statement else { return None };
    let Local { init: Some(init), pat, attrs, .. } = written else { return None };
    let LocalInit { expr, diverge, .. } = init;
    let facts = Facts::of(expr);
    let mut names = Vec::new();
    let readable = bound(pat, &mut names) && !attrs.iter().any(|attribute| attribute.path().is_ident("cfg_attr"));
    let stays = !facts.has(Leaves::Await)
        || !readable
        // An async block can give a variable a new value, but neither its first one nor one after a move.
        || facts.assigns
        || temporaries::are_borrowed(expr)
        || facts.has(Leaves::Question) && is_opaque(&function.signature.output);
    (!stays).then_some(Member { at, written, init, facts, names, is_last: diverge.is_some() })
}

/// Whether the return type hides what `?` does: it is an `impl Trait`.
fn is_opaque(output: &ReturnType) -> bool {
    matches!(return_type::of(output), Returned::Opaque)
}

pub(super) fn members<'a, 'b>(steps: &'b [Step<'a>]) -> impl Iterator<Item = &'b Member<'a>> {
    steps.iter().flat_map(|step| match step {
        Step::Stage(members) => members.as_slice(),
        Step::Barrier(_) => &[],
    })
}

/// `user + (orders, total) -> advice`
pub(super) fn shown(steps: &[Step<'_>]) -> String {
    let stages = steps.iter().filter_map(|step| match step {
        Step::Stage(members) => Some(members.iter().map(shown_member).collect::<Vec<_>>().join(" + ")),
        Step::Barrier(_) => None,
    });
    stages.collect::<Vec<_>>().join(" -> ")
}

pub(super) fn shown_member(member: &Member<'_>) -> String {
    let mut names: Vec<String> = Vec::new();
    for name in &member.names {
        let name = self::name(name);
        // `A(x) | B(x)` binds it once.
        if !names.contains(&name) {
            names.push(name);
        }
    }
    match names.as_slice() {
        [] => "_".to_owned(),
        [name] => name.clone(),
        names => format!("({})", names.join(", ")),
    }
}

/// The pattern without the type that was written after it.
pub(super) fn untyped(pat: &Pat) -> (&Pat, Option<&syn::PatType>) {
    match pat {
        Pat::Type(typed) => (&typed.pat, Some(typed)),
        pat => (pat, None),
    }
}
