//! The spans of one group.

use std::mem::replace;
use std::sync::Arc;
use std::time::Instant;

use tracing::dispatcher::{self, Dispatch};
use tracing::span::EnteredSpan;
use tracing::{Id, Span, field};

use super::{KeyText, Labels, Outcome};
use crate::member::MemberId;

/// What the spans of a group's members have in common.
pub(super) struct GroupSpans {
    /// The span `group`.
    pub(super) span: Span,
    /// The parent of its members' spans; for a spawned group it is the span in which the group was made, if there is one.
    parent: Option<Span>,
    /// All spans are the same subscriber's, on whatever thread they are made: it alone knows their parent.
    dispatch: Dispatch,
    labels: Labels,
    start: Instant,
}

impl GroupSpans {
    /// Asks the subscriber, once for each group. `None`: it wants no spans.
    #[cold]
    #[inline(never)]
    pub(super) fn in_task(labels: Labels, members: usize) -> Option<Arc<Self>> {
        let span = open_group(labels, members)?;
        Self::new(span.clone(), Some(span), labels)
    }

    /// [`in_task`](Self::in_task), for a spawned group: its members are children of the span that the group is made in.
    #[cfg(feature = "tokio")]
    #[cold]
    #[inline(never)]
    pub(super) fn spawned(labels: Labels, members: usize) -> Option<Arc<Self>> {
        let current = Span::current();
        let span = open_group(labels, members)?;
        Self::new(span, (!current.is_none()).then_some(current), labels)
    }

    fn new(span: Span, parent: Option<Span>, labels: Labels) -> Option<Arc<Self>> {
        let dispatch = span.with_subscriber(|(_, dispatch)| dispatch.clone())?;
        Some(Arc::new(Self { span, parent, dispatch, labels, start: Instant::now() }))
    }

    /// Makes the group's own span current.
    pub(super) fn enter(self: &Arc<Self>) -> Current {
        Current { entered: Some(self.span.clone().entered()), group: Arc::clone(self) }
    }

    /// A span that closes gives its parent back to the subscriber that is the default then, which should be its own.
    fn close(&self, close: impl FnOnce()) {
        dispatcher::with_default(&self.dispatch, close);
    }

    pub(super) fn member(self: &Arc<Self>, position: usize, item: Option<usize>, waits: bool) -> MemberSpan {
        MemberSpan { group: Arc::clone(self), position, item, waits, span: None, polls: 0, has_outcome: false }
    }
}

/// Runs when the last owner is dropped: a member, or the group.
impl Drop for GroupSpans {
    fn drop(&mut self) {
        let (span, parent) = (replace(&mut self.span, Span::none()), self.parent.take());
        self.close(|| drop((span, parent)));
    }
}

fn open_group(labels: Labels, members: usize) -> Option<Span> {
    let span = tracing::debug_span!(target: "gather", "group", members, policy = labels.policy);
    (!span.is_disabled()).then_some(span)
}

/// The span of one member or item.
pub(super) struct MemberSpan {
    group: Arc<GroupSpans>,
    position: usize,
    item: Option<usize>,
    /// Whether it may have to wait before its first poll.
    waits: bool,
    /// Empty before it starts.
    span: Option<Span>,
    polls: u64,
    has_outcome: bool,
}

impl MemberSpan {
    /// The span, which is made the first time.
    pub(super) fn open(&mut self, key: impl FnOnce() -> KeyText) -> &Span {
        let Self { group, position, item, waits, .. } = self;
        self.span.get_or_insert_with(|| {
            let member = MemberId { names: group.labels.names, position: *position, item: *item }.member_of_key(key());
            let parent: Option<Id> = group.parent.as_ref().and_then(Span::id);
            let after = group.labels.after.iter().find(|(dependant, _)| dependant == position);
            let span = dispatcher::with_default(&group.dispatch, || {
                tracing::debug_span!(
                    target: "gather",
                    parent: parent,
                    "member",
                    member = %member,
                    otel.name = %member,
                    after = after.map(|(_, names)| *names),
                    waited_ms = waits.then(|| millis(group.start)),
                    polls = field::Empty,
                    outcome = field::Empty,
                )
            });
            if group.parent.as_ref().and_then(Span::id) != group.span.id() {
                span.follows_from(&group.span);
            }
            span
        })
    }

    pub(super) fn polled(&mut self) {
        self.polls += 1;
    }

    /// Makes it current.
    pub(super) fn enter(&mut self, key: impl FnOnce() -> KeyText) -> Current {
        let entered = self.open(key).clone().entered();
        Current { entered: Some(entered), group: Arc::clone(&self.group) }
    }

    pub(super) fn end(mut self, outcome: Outcome) {
        self.tell(outcome);
    }

    /// Ends the span without an outcome. It stood for a list that is there now, and was never a member itself.
    pub(super) fn forget(mut self) {
        self.has_outcome = true;
    }

    fn tell(&mut self, outcome: Outcome) {
        self.has_outcome = true;
        let polls = self.polls;
        let span = self.open(|| None);
        span.record("polls", polls);
        span.record("outcome", outcome.word());
        let span = self.span.take();
        self.group.close(|| drop(span));
    }
}

impl Drop for MemberSpan {
    fn drop(&mut self) {
        if !self.has_outcome {
            self.tell(Outcome::Dropped);
        }
    }
}

/// A span that is current until this is dropped.
#[must_use]
pub(super) struct Current {
    entered: Option<EnteredSpan>,
    group: Arc<GroupSpans>,
}

impl Drop for Current {
    fn drop(&mut self) {
        let entered = self.entered.take();
        self.group.close(|| drop(entered));
    }
}

fn millis(since: Instant) -> u64 {
    u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX)
}
