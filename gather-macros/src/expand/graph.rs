//! Who waits for whom.

use std::collections::HashMap;

use crate::ast::{Group, Member, State};
use crate::names::name;

/// The members that each member waits for, by position. Only members whose dependencies can be expanded count.
pub(super) struct Graph {
    needs: Vec<Vec<usize>>,
}

impl Graph {
    pub(super) fn of(group: &Group) -> Self {
        let mut positions = HashMap::new();
        for (i, member) in group.members.iter().enumerate() {
            if let Some(name) = member.key() {
                positions.entry(name).or_insert(i);
            }
        }
        let needs = |m: &Member| match &m.needs {
            Some(needs) if matches!(m.state, State::Good | State::HalfTyped) => {
                needs.params.iter().filter_map(|p| positions.get(&name(&p.name)).copied()).collect()
            }
            _ => Vec::new(),
        };
        Self { needs: group.members.iter().map(needs).collect() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.needs.iter().all(Vec::is_empty)
    }

    pub(super) fn needs(&self, i: usize) -> &[usize] {
        &self.needs[i]
    }

    pub(super) fn waits(&self, i: usize) -> bool {
        !self.needs[i].is_empty()
    }

    pub(super) fn is_awaited(&self, i: usize) -> bool {
        self.needs.iter().any(|needs| needs.contains(&i))
    }

    /// The members that others wait for.
    pub(super) fn awaited(&self) -> impl Iterator<Item = usize> {
        (0..self.needs.len()).filter(|&i| self.is_awaited(i))
    }

    /// Every dependant captures by `move`, and so the group may.
    pub(super) fn moves(&self, group: &Group) -> bool {
        let mut needs = group.members.iter().enumerate().filter(|(i, _)| self.waits(*i)).map(|(_, m)| &m.needs);
        needs.all(|needs| needs.as_ref().is_some_and(|needs| needs.moved.is_some()))
    }

    /// Every member after those that it waits for. There is no cycle: their members are not [`State::Good`].
    pub(super) fn order(&self) -> Vec<usize> {
        let mut order = Vec::with_capacity(self.needs.len());
        let mut placed = vec![false; self.needs.len()];
        while order.len() < self.needs.len() {
            let next: Vec<usize> =
                (0..self.needs.len()).filter(|&i| !placed[i] && self.needs[i].iter().all(|&d| placed[d])).collect();
            if next.is_empty() {
                break;
            }
            for i in next {
                placed[i] = true;
                order.push(i);
            }
        }
        order
    }
}
