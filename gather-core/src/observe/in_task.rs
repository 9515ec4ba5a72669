//! What an in-task group carries: nothing but a pointer, which is null unless somebody listens.

use std::boxed::Box;
use std::collections::BTreeMap;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::rare::{Rare, rarely};
use super::spans::{Current, GroupSpans, MemberSpan};
use super::{KeyText, Labels, Outcome, Roster};
use crate::member::MemberId;

/// Whether the subscriber was asked. Not in [`Observer`], since there it would take eight bytes.
pub struct Asked(bool);

impl Asked {
    pub const NO: Self = Self(false);
}

/// The spans of a group, if somebody listens.
pub struct Observer(Rare<Box<Spans>>);

// A group is what it is without the feature. The impls of `Send` and `Sync` for groups, too, count on these.
impl UnwindSafe for Observer {}
impl RefUnwindSafe for Observer {}
const _: () = {
    const fn is_shared<T: Send + Sync>() {}
    is_shared::<Observer>();
};

/// A position, and the item where that is a list.
type Key = (usize, Option<usize>);

struct Spans {
    group: Arc<GroupSpans>,
    members: Mutex<MemberSpans>,
}

#[derive(Default)]
struct MemberSpans {
    /// The spans of members that have not ended, in the order in which they are dropped.
    unfinished: BTreeMap<Key, MemberSpan>,
    /// Lists whose items may have to wait.
    waiting_lists: Vec<usize>,
}

impl Observer {
    pub const NONE: Self = Self(Rare(None));

    /// Called at every poll of the group. The first call asks the subscriber.
    #[inline(always)]
    pub fn ask(
        &mut self,
        asked: &mut Asked,
        members: usize,
        labels: impl FnOnce() -> Labels,
        announce: impl FnOnce(&mut dyn Roster),
    ) {
        if !asked.0 {
            asked.0 = true;
            if tracing::level_enabled!(tracing::Level::DEBUG) {
                self.open(members, labels(), announce);
            }
        }
    }

    #[cold]
    #[inline(never)]
    fn open(&mut self, members: usize, labels: Labels, announce: impl FnOnce(&mut dyn Roster)) {
        self.0.0 = GroupSpans::in_task(labels, members).map(|group| {
            let spans = Spans { group, members: Mutex::default() };
            announce(&mut &spans);
            Box::new(spans)
        });
    }

    #[inline(always)]
    pub fn is_on(&self) -> bool {
        self.0.0.is_some()
    }

    #[inline(always)]
    pub fn watch(&self) -> Watch<'_> {
        Watch(self.0.0.as_deref())
    }

    /// Items of the list at `position` from `first` on were dropped.
    pub fn drop_items(&self, position: usize, first: usize) {
        if let Some(spans) = &self.0.0 {
            let rest = spans.members().unfinished.split_off(&(position, Some(first)));
            drop(rest);
        }
    }
}

impl Spans {
    fn members(&self) -> MutexGuard<'_, MemberSpans> {
        self.members.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self, key: Key) -> MemberSpan {
        let mut members = self.members();
        let waits = members.waiting_lists.contains(&key.0);
        let known = members.unfinished.remove(&key);
        known.unwrap_or_else(|| self.group.member(key.0, key.1, waits))
    }
}

impl Roster for &Spans {
    fn one(&mut self, position: usize, waits: bool) {
        self.members().unfinished.insert((position, None), self.group.member(position, None, waits));
    }
    fn items(&mut self, position: usize, len: usize, waits: bool) {
        let items = (0..len).map(|item| ((position, Some(item)), self.group.member(position, Some(item), waits)));
        self.members().unfinished.extend(items);
    }
    fn pulled(&mut self, position: usize, waits: bool) {
        if waits {
            self.members().waiting_lists.push(position);
        }
    }
}

/// The part of an [`Observer`] that one sweep carries.
#[derive(Clone, Copy)]
pub struct Watch<'a>(Option<&'a Spans>);

impl<'a> Watch<'a> {
    pub const NONE: Self = Self(None);

    /// The group's own span is current until it is [exited](Entered::exit).
    #[inline(always)]
    pub fn enter(self) -> Entered {
        Entered(Rare(self.0.map(|spans| rarely(|| Box::new(spans.group.enter())))))
    }

    /// A member is about to be polled: its span is current until that is [done](Polling::done).
    pub fn poll(self, place: &MemberId, key: impl FnOnce() -> KeyText) -> Polling<'a> {
        let Some(spans) = self.0 else { return Polling(None) };
        let at = (place.position, place.item);
        let mut member = spans.take(at);
        member.polled();
        let entered = member.enter(key);
        Polling(Some(Watched { spans, at, member, entered }))
    }

    /// A member ends otherwise than by a poll. Called before that, while it has its key.
    #[inline(always)]
    pub fn stop(self, place: &MemberId, key: impl FnOnce() -> KeyText) -> Stopping<'a> {
        Stopping(Rare(self.0.map(|spans| {
            rarely(|| {
                let at = (place.position, place.item);
                let mut member = spans.take(at);
                member.open(key);
                (spans, at, Box::new(member))
            })
        })))
    }

    /// A member has ended that never started.
    #[inline(always)]
    pub fn ended(self, place: &MemberId, outcome: Outcome) {
        if let Some(spans) = self.0 {
            rarely(|| spans.take((place.position, place.item)).end(outcome));
        }
    }

    /// A list that waits for other members may be made, or an item may be pulled.
    #[inline(always)]
    pub fn make(self, place: &MemberId) -> Making<'a> {
        Making(self.0.map(|spans| (spans, (place.position, place.item))))
    }

    /// A list that waited for other members is there.
    #[inline(always)]
    pub fn made(self, place: &MemberId, announce: impl FnOnce(&mut dyn Roster)) {
        if let Some(mut spans) = self.0 {
            rarely(|| {
                spans.take((place.position, None)).forget();
                announce(&mut spans);
            });
        }
    }
}

/// A group or a task that is being polled.
#[must_use]
pub struct Entered(pub(super) Rare<Box<Current>>);

impl Entered {
    #[inline(always)]
    pub fn exit(self) {
        drop(self.0);
    }
}

/// A member that is being polled. Dropped without [`done`](Self::done) it has panicked.
#[must_use]
pub struct Polling<'a>(Option<Watched<'a>>);

struct Watched<'a> {
    spans: &'a Spans,
    at: Key,
    member: MemberSpan,
    entered: Current,
}

impl Polling<'_> {
    /// With what has become of it, if it has ended.
    pub fn done(mut self, outcome: Option<Outcome>) {
        self.end(outcome);
    }

    fn end(&mut self, outcome: Option<Outcome>) {
        let Some(Watched { spans, at, member, entered }) = self.0.take() else { return };
        drop(entered);
        match outcome {
            Some(outcome) => member.end(outcome),
            None => drop(spans.members().unfinished.insert(at, member)),
        }
    }
}

impl Drop for Polling<'_> {
    fn drop(&mut self) {
        self.end(Some(Outcome::Panicked));
    }
}

/// A list that is being made, or an item that is being pulled. Dropped without [`done`](Self::done) that has panicked.
#[must_use]
pub struct Making<'a>(Option<(&'a Spans, Key)>);

impl Making<'_> {
    #[inline(always)]
    pub fn done(mut self) {
        self.0 = None;
    }
}

impl Drop for Making<'_> {
    #[inline(always)]
    fn drop(&mut self) {
        if let Some((spans, at)) = self.0.take() {
            rarely(|| spans.take(at).end(Outcome::Panicked));
        }
    }
}

/// A member that is about to end.
#[must_use]
pub struct Stopping<'a>(Rare<(&'a Spans, Key, Box<MemberSpan>)>);

impl Stopping<'_> {
    /// With its outcome, unless it goes on.
    #[inline(always)]
    pub fn done(mut self, outcome: impl FnOnce() -> Option<Outcome>) {
        if let Some((spans, at, member)) = self.0.0.take() {
            rarely(|| match outcome() {
                Some(outcome) => member.end(outcome),
                None => drop(spans.members().unfinished.insert(at, *member)),
            });
        }
    }
}
