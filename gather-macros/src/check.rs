//! Every rule on what was parsed. A member that breaks one is marked, so that nothing is reported twice.

mod awaits;
mod body;
mod dependencies;
mod given;
mod literals;
mod options;
mod shape;

pub(crate) use literals::wrong_limit;

use crate::ast::{Base, Group, Layout, Member, Name, State};
use crate::errors::Errors;
use crate::names;
use proc_macro2::Span;
use std::collections::HashSet;

pub(crate) fn group(group: &mut Group, errors: &mut Errors) {
    as_meant(group, errors);
    match &group.layout {
        Layout::Record => unnamed(&mut group.members, errors),
        Layout::Struct { bases, .. } => {
            one_base_at_the_end(bases, errors);
            no_ignored_fields(&mut group.members, errors);
        }
        Layout::Tuple => {}
    }
    duplicates(group, errors);
    shape::members(group, errors);
    dependencies::members(&mut group.members, errors);
    options::group(group, errors);
}

/// The rules whose mistakes are put right, so that the rest is expanded as it was meant. An editor wants nothing more than these.
pub(crate) fn as_meant(group: &mut Group, errors: &mut Errors) {
    given::options(group, errors);
    awaits::members(&mut group.members, errors);
}

fn unnamed(members: &mut [Member], errors: &mut Errors) {
    for member in members.iter_mut().filter(|member| member.name.is_none()) {
        member.name = Some(Name::Ignored(member.glue));
        if member.state == State::Good {
            member.state = State::Rejected;
            errors.push(syn::Error::new_spanned(
                &member.value,
                "this member has no name, and the others have: write `name => ..` before it, or `_ => ..` to drop its result",
            ));
        }
    }
}

fn one_base_at_the_end(bases: &[Base], errors: &mut Errors) {
    for (i, base) in bases.iter().enumerate() {
        if bases[..i].iter().any(|earlier| earlier.value.is_some()) {
            errors.at(base.dots, "`..base` is given twice: remove one");
        }
        if !base.is_last {
            errors.at(base.dots, "`..base` must come last: move it behind the other fields");
        }
    }
}

fn no_ignored_fields(members: &mut [Member], errors: &mut Errors) {
    for member in members {
        if let (Some(Name::Ignored(span)), State::Good) = (&member.name, member.state) {
            errors.at(
                *span,
                "`_` is no field of a struct: give the field its name, or use a record, as in `gather! { _ => .. }`",
            );
            member.state = State::Hidden;
        }
    }
}

fn duplicates(group: &mut Group, errors: &mut Errors) {
    let in_struct = matches!(group.layout, Layout::Struct { .. });
    let mut seen = HashSet::new();
    for member in &mut group.members {
        let (name, span): (String, Span) = match &member.name {
            Some(Name::Ident(name)) => (names::name(name), name.span()),
            Some(Name::Index(index, span)) => (index.to_string(), *span),
            Some(Name::Ignored(_)) | None => continue,
        };
        if seen.contains(&name) {
            let message = if in_struct {
                format!("field `{name}` is given twice: remove one")
            } else {
                format!("two members are named `{name}`: give each its own name")
            };
            errors.at(span, message);
            member.state = State::Hidden;
        }
        seen.insert(name);
    }
}
