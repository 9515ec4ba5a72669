//! Which statements of the body run together.

use proc_macro2::Ident;
use syn::ext::IdentExt as _;
use syn::{Local, LocalInit, Pat, ReturnType, Stmt};

use super::ast::{Function, Item};
use super::facts::Facts;
use super::names::{bound, name};
use super::return_type::{self, Returned};
use super::temporaries;

/// What runs at one time, in order.
pub(super) enum Step {
    /// A statement that stays as it is, by its place in the body.
    Barrier(usize),
    /// `let`s that run together; a single one stays as it is, too.
    Stage(Vec<Member>),
}

/// A `let` that awaits.
pub(super) struct Member {
    /// Its place in the body.
    pub(super) at: usize,
    pub(super) facts: Facts,
    /// What it binds.
    pub(super) names: Vec<Ident>,
    /// What runs next must wait for it: `let .. else`, which may leave the fn.
    is_last: bool,
}

pub(super) fn of(item: &Item) -> Vec<Step> {
    let Item::Function(function) = item else {
        return Vec::new();
    };
    let mut steps = Vec::new();
    let mut stage: Vec<Member> = Vec::new();
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
fn waits(member: &Member, stage: &[Member], function: &Function) -> bool {
    let uses = stage.iter().flat_map(|earlier| &earlier.names).any(|it| member.facts.uses.contains(&name(it)));
    // Only an initialiser that never ends lets such a fn end with a `let`. In an async block that would not be seen.
    let ends_fn = member.at + 1 == function.statements.len() && !return_type::is_unit(&function.signature.output);
    uses || ends_fn || stage.last().is_some_and(|last| last.is_last)
}

fn member(at: usize, statement: &Stmt, function: &Function) -> Option<Member> {
    let Stmt::Local(local) = statement else { return None };
    let Local { init: Some(LocalInit { expr, diverge, .. }), pat, attrs, .. } = local else { return None };
    let facts = Facts::of(expr);
    let mut names = Vec::new();
    let readable = bound(pat, &mut names) && !attrs.iter().any(|attribute| attribute.path().is_ident("cfg_attr"));
    let stays = !facts.awaits
        || !readable
        // An async block can give a variable a new value, but neither its first one nor one after a move.
        || facts.assigns
        || temporaries::are_borrowed(expr)
        || facts.questions && is_opaque(&function.signature.output);
    (!stays).then_some(Member { at, facts, names, is_last: diverge.is_some() })
}

/// Whether nobody can tell here what `?` does.
fn is_opaque(output: &ReturnType) -> bool {
    matches!(return_type::of(output), Returned::Opaque)
}

pub(super) fn members(steps: &[Step]) -> impl Iterator<Item = &Member> {
    steps.iter().flat_map(|step| match step {
        Step::Stage(members) => members.as_slice(),
        Step::Barrier(_) => &[],
    })
}

/// `user + (orders, total) -> advice`
pub(super) fn shown(steps: &[Step]) -> String {
    let stages = steps.iter().filter_map(|step| match step {
        Step::Stage(members) => Some(members.iter().map(shown_member).collect::<Vec<_>>().join(" + ")),
        Step::Barrier(_) => None,
    });
    stages.collect::<Vec<_>>().join(" -> ")
}

pub(super) fn shown_member(member: &Member) -> String {
    let mut names: Vec<String> = Vec::new();
    for name in &member.names {
        let name = name.unraw().to_string();
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
