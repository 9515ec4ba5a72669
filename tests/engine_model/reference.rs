//! What a group has to do, written plainly: look at every member in order, and poll those that are due.

use crate::groups::{Part, Policy};
use crate::script::{End, Event, Got, Script, Step};

/// So few single members are polled at every poll of the group, with the task's own waker.
const FEW: usize = 8;
/// The members of larger groups look for themselves who was woken, half by half.
const MEMBERS_OF_A_SET: usize = 64;

#[derive(Clone, Copy, PartialEq)]
enum Place {
    Future,
    Field(Got),
    Nothing,
}

struct Member {
    script: Script,
    polls: usize,
    place: Place,
    /// Nobody else is polled, unless it is one of a few.
    due: bool,
    few: bool,
    /// The tasks that were awaiting the group when it kept its waker.
    kept: Vec<usize>,
}

#[derive(Debug, PartialEq)]
pub(crate) enum Outcome {
    Pending,
    Ready(Vec<Got>),
    Panicked,
}

pub(crate) struct Reference {
    policy: Policy,
    members: Vec<Member>,
    /// Who is looked at together: the single members of a group or a half of it and, between them, lists.
    halves: Vec<Vec<Part>>,
    errors: Vec<(usize, Got)>,
    task: usize,
    /// One of a few has woken the task since the last poll.
    few_woken: bool,
    pub(crate) events: Vec<Event>,
    pub(crate) over: bool,
}

struct Panicked;

impl Reference {
    pub(crate) fn new(policy: Policy, parts: &[Part], scripts: &[Script]) -> Self {
        let singles = parts.iter().filter(|part| matches!(part, Part::Single)).count();
        let few = singles <= FEW && parts.len() <= MEMBERS_OF_A_SET;
        let mut scripts = scripts.iter();
        let mut members = Vec::new();
        for part in parts {
            let (len, few) = if let Part::List(len) = part { (*len, *len <= FEW) } else { (1, few) };
            members.extend(scripts.by_ref().take(len).map(|script| Member {
                script: script.clone(),
                polls: 0,
                place: Place::Future,
                due: true,
                few,
                kept: Vec::new(),
            }));
        }
        let halves = if parts.len() > MEMBERS_OF_A_SET {
            let (first, second) = parts.split_at(parts.len().div_ceil(2));
            vec![first.to_vec(), second.to_vec()]
        } else {
            vec![parts.to_vec()]
        };
        let (errors, events) = (Vec::new(), Vec::new());
        Self { policy, members, halves, errors, task: 0, few_woken: false, events, over: false }
    }

    pub(crate) fn is_exact(&self) -> bool {
        self.members.iter().all(|member| !member.few)
    }

    pub(crate) fn len(&self) -> usize {
        self.members.len()
    }

    pub(crate) fn is_live(&self, member: usize) -> bool {
        self.members[member].place == Place::Future
    }

    /// The task that polled the group last has to have been woken since.
    pub(crate) fn task_must_be_woken(&self) -> bool {
        !self.over && (self.few_woken || self.members.iter().any(|member| member.due && !member.few))
    }

    /// A waker that a member has kept is used, the last or the first.
    pub(crate) fn wake(&mut self, member: usize, last: bool) {
        let member = &mut self.members[member];
        let kept = if last { member.kept.last() } else { member.kept.first() };
        let Some(kept) = kept else { return };
        if member.few {
            self.few_woken |= *kept == self.task;
        } else {
            member.due = member.place == Place::Future;
        }
    }

    pub(crate) fn poll(&mut self, task: usize) -> Outcome {
        self.task = task;
        self.few_woken = false;
        let outcome = match self.sweep() {
            Err(Panicked) => {
                // With the error that was found before.
                let found = std::mem::take(&mut self.errors);
                self.drop_errors(&found);
                let _ = self.clear();
                Outcome::Panicked
            }
            Ok(()) => self.outcome(),
        };
        self.over = outcome != Outcome::Pending;
        outcome
    }

    fn sweep(&mut self) -> Result<(), Panicked> {
        let mut first = 0;
        for half in self.halves.clone() {
            let len = |part: &Part| if let Part::List(len) = part { *len } else { 1 };
            // Single members are taken together, a list when it is its turn.
            let mut due = Vec::new();
            let mut at = first;
            for part in &half {
                due.push(matches!(part, Part::Single) && self.take_due(at));
                at += len(part);
            }
            for (part, due) in half.iter().zip(due) {
                let items: Vec<bool> = match part {
                    Part::Single => vec![due],
                    Part::List(len) => (first..first + len).map(|item| self.take_due(item)).collect(),
                };
                for (item, due) in items.into_iter().enumerate() {
                    if due {
                        self.poll_member(first + item)?;
                    }
                }
                first += len(part);
            }
        }
        Ok(())
    }

    fn take_due(&mut self, member: usize) -> bool {
        let member = &mut self.members[member];
        let due = std::mem::take(&mut member.due) || member.few;
        due && member.place == Place::Future
    }

    fn poll_member(&mut self, id: usize) -> Result<(), Panicked> {
        self.events.push(Event::Polled(id));
        let task = self.task;
        let member = &mut self.members[id];
        member.polls += 1;
        if let Some(step) = member.script.steps.get(member.polls - 1).copied() {
            match step {
                Step::Keep | Step::KeepLent | Step::Gate => member.kept.push(task),
                Step::WakeItself | Step::CloneAndWake if member.few => self.few_woken = true,
                Step::WakeItself | Step::CloneAndWake => member.due = true,
                Step::Wake(other) => {
                    member.kept.push(task);
                    self.wake(other, true);
                }
            }
            return Ok(());
        }
        let end = member.script.end;
        if end == End::Panics && !self.policy.catches() {
            return Err(Panicked);
        }
        member.place = Place::Nothing;
        self.events.push(Event::FutureDropped(id));
        let got = match end {
            End::Good => Got::Value(id),
            End::Bad => Got::Error(id),
            End::Panics => Got::Panic,
            End::DropPanics => {
                self.events.push(Event::ValueDropped(id));
                if !self.policy.catches() {
                    return Err(Panicked);
                }
                Got::Panic
            }
        };
        let fails = match self.policy {
            Policy::Plain | Policy::ReturnExceptions => false,
            Policy::FirstError | Policy::AllErrors => !matches!(got, Got::Value(_)),
        };
        if !fails {
            self.members[id].place = Place::Field(got);
        } else if self.policy == Policy::AllErrors || self.errors.is_empty() {
            self.errors.push((id, got));
        } else {
            self.events.push(Event::ValueDropped(id));
        }
        Ok(())
    }

    fn outcome(&mut self) -> Outcome {
        let decided = self.policy == Policy::FirstError && !self.errors.is_empty();
        if !decided && self.members.iter().any(|member| member.place == Place::Future) {
            return Outcome::Pending;
        }
        if self.errors.is_empty() {
            let fields = self.members.iter_mut().map(|member| std::mem::replace(&mut member.place, Place::Nothing));
            let fields = fields.map(|place| if let Place::Field(got) = place { got } else { unreachable!() });
            return Outcome::Ready(fields.collect());
        }
        self.errors.sort_by_key(|(id, _)| *id);
        let errors = std::mem::take(&mut self.errors);
        match self.clear() {
            Ok(()) => Outcome::Ready(errors.into_iter().map(|(_, got)| got).collect()),
            Err(Panicked) => {
                // Nobody gets them.
                self.drop_errors(&errors);
                Outcome::Panicked
            }
        }
    }

    fn drop_errors(&mut self, errors: &[(usize, Got)]) {
        let dropped = errors.iter().filter(|(_, got)| *got != Got::Panic).map(|(id, _)| Event::ValueDropped(*id));
        self.events.extend(dropped);
    }

    /// Drops everything, in order.
    fn clear(&mut self) -> Result<(), Panicked> {
        let mut panicked = Ok(());
        for (id, member) in self.members.iter_mut().enumerate() {
            match std::mem::replace(&mut member.place, Place::Nothing) {
                Place::Future => {
                    self.events.push(Event::FutureDropped(id));
                    if member.script.end == End::DropPanics {
                        panicked = Err(Panicked);
                    }
                }
                Place::Field(Got::Value(_) | Got::Error(_)) => self.events.push(Event::ValueDropped(id)),
                Place::Field(_) | Place::Nothing => {}
            }
        }
        panicked
    }

    /// The group is dropped. `true`: a destructor panics.
    pub(crate) fn drop(&mut self) -> bool {
        self.over = true;
        let panicked = self.clear().is_err();
        let found = std::mem::take(&mut self.errors);
        self.drop_errors(&found);
        panicked
    }
}
