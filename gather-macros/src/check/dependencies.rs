//! Who waits for whom.

use crate::ast::{Member, Needs, State};
use crate::errors::Errors;
use crate::names;
use crate::options::{closest, listed};
use proc_macro2::Span;
use std::collections::{HashMap, HashSet};

pub(super) fn members(members: &mut [Member], errors: &mut Errors) {
    if members.iter().all(|member| member.needs.is_none()) {
        return;
    }
    let mut index = HashMap::new();
    for (position, member) in members.iter().enumerate() {
        if let Some(name) = member.key() {
            index.entry(name).or_insert(position);
        }
    }
    let names: Vec<Option<String>> = members.iter().map(Member::key).collect();
    for member in members.iter_mut() {
        let own = member.key();
        let Some(needs) = &mut member.needs else {
            continue;
        };
        let mut sound = params(needs, own.as_deref(), &names, errors);
        if let (Some(_), Some(span), State::Good) = (member.star, needs.asyncness, member.state) {
            sound = false;
            errors.at(span, "a list is made at once, and then its items are awaited: remove this `async`");
        }
        if !sound || member.state == State::Rejected {
            // Its value is not expanded: without the group, the names between its bars would not be known in it.
            member.state = State::Hidden;
        }
    }
    let edges = edges(members, &index);
    for at in cycles(members, &edges, errors) {
        members[at].state = State::Hidden;
    }
    hide_dependants(members, &edges);
}

/// Checks one parameter after the other; a repeated one is reported and taken out.
fn params(needs: &mut Needs, own: Option<&str>, names: &[Option<String>], errors: &mut Errors) -> bool {
    let mut sound = true;
    let mut seen = HashSet::new();
    needs.params.retain(|param| {
        let name = names::name(&param.name);
        let span = param.name.span();
        let others = || names.iter().flatten().map(String::as_str).filter(|other| own != Some(other));
        if name == "_" {
            sound = false;
            errors.at(span, "`_` is no member: write the name of the member to wait for");
        } else if own == Some(name.as_str()) {
            sound = false;
            errors.at(span, format!("member `{name}` waits for itself: remove `{name}` from between the bars"));
        } else if !others().any(|other| other == name) {
            sound = false;
            let advice = match closest(&name, others()) {
                Some(near) => format!(": did you mean `{near}`?"),
                None if others().next().is_none() => {
                    ", and there is none to wait for: remove it from between the bars".to_owned()
                }
                None => format!(": the others are {}", listed(others())),
            };
            errors.at(span, format!("no member is named `{name}`{advice}"));
        }
        let first = seen.insert(name.clone());
        if !first && sound {
            errors.at(span, format!("`{name}` is listed twice: remove one"));
        }
        first
    });
    sound
}

/// For each member the members it waits for, each with the place of its name between the bars.
type Edges = Vec<Vec<(usize, Span)>>;

fn edges(members: &[Member], index: &HashMap<String, usize>) -> Edges {
    let of = |(at, member): (usize, &Member)| {
        let params = member.needs.iter().flat_map(|needs| &needs.params);
        params
            .filter_map(|param| {
                let to = *index.get(&names::name(&param.name))?;
                (to != at).then(|| (to, param.name.span()))
            })
            .collect()
    };
    members.iter().enumerate().map(of).collect()
}

/// Reports each cycle on the name that closes it, and yields the members of all of them.
fn cycles(members: &[Member], edges: &Edges, errors: &mut Errors) -> Vec<usize> {
    let mut cyclic = Vec::new();
    let mut visited = vec![false; members.len()];
    for start in 0..members.len() {
        if visited[start] {
            continue;
        }
        visited[start] = true;
        // The path from `start`, each step with the number of its edges that have been followed.
        let mut path = vec![(start, 0)];
        while let Some((at, followed)) = path.last_mut() {
            let Some(&(to, span)) = edges[*at].get(*followed) else {
                path.pop();
                continue;
            };
            *followed += 1;
            if let Some(first) = path.iter().position(|(step, _)| *step == to) {
                let steps: Vec<usize> = path[first..].iter().map(|(step, _)| *step).collect();
                report(members, &steps, span, errors);
                cyclic.extend(steps);
            } else if !visited[to] {
                visited[to] = true;
                path.push((to, 0));
            }
        }
    }
    cyclic
}

fn report(members: &[Member], steps: &[usize], span: Span, errors: &mut Errors) {
    let names: Vec<String> = steps
        .iter()
        .chain(steps.first())
        .filter_map(|step| members[*step].key())
        .map(|name| format!("`{name}`"))
        .collect();
    let path = names.join(" -> ");
    errors.at(
        span,
        format!("these members wait for each other and could never start ({path}): remove one of the names from between its bars"),
    );
}

/// Hides the members that wait for one with a mistake: its type is not known, so rustc could only add confusion.
fn hide_dependants(members: &mut [Member], edges: &Edges) {
    let mut dependants = vec![Vec::new(); members.len()];
    for (at, needed) in edges.iter().enumerate() {
        for (to, _) in needed {
            dependants[*to].push(at);
        }
    }
    let mut bad: Vec<usize> = (0..members.len()).filter(|at| members[*at].state != State::Good).collect();
    while let Some(at) = bad.pop() {
        for &dependant in &dependants[at] {
            if members[dependant].state != State::Hidden {
                members[dependant].state = State::Hidden;
                bad.push(dependant);
            }
        }
    }
}
