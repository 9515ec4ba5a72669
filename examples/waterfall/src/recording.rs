//! The layer that remembers what groups say.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tracing::Subscriber;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;
use tracing_subscriber::registry::LookupSpan;

/// What a span is called, for other layers: an extension of the span.
pub struct Name(pub String);

/// One line of the picture. Times are since the recording began.
#[derive(Clone, Debug)]
pub struct Row {
    pub start: Duration,
    /// `None` while it runs.
    pub end: Option<Duration>,
    /// How many groups and members it is in.
    pub depth: usize,
    pub run: Run,
}

/// A group, or a member of one.
#[derive(Clone, Debug)]
pub enum Run {
    Group { members: u64, policy: String },
    Member(Member),
}

/// What the span `member` says.
#[derive(Clone, Debug, Default)]
pub struct Member {
    pub name: String,
    /// The members that it waited for.
    pub after: Option<String>,
    /// How long it waited, for them or for a place of the `limit`.
    pub waited: Option<Duration>,
    pub polls: Vec<Poll>,
    pub outcome: Option<String>,
}

/// The span was entered, and exited.
#[derive(Clone, Copy, Debug)]
pub struct Poll {
    pub start: Duration,
    pub end: Duration,
}

/// Remembers groups and their members. Clones share what they remember.
#[derive(Clone)]
pub struct Recording {
    start: Instant,
    rows: Arc<Mutex<Rows>>,
}

#[derive(Default)]
struct Rows {
    rows: Vec<Row>,
    /// Open spans: their rows.
    open: HashMap<Id, usize>,
}

impl Default for Recording {
    fn default() -> Self {
        Self { start: Instant::now(), rows: Arc::default() }
    }
}

impl Recording {
    /// What was recorded: each group, and after it its members and what runs in them.
    pub fn rows(&self) -> Vec<Row> {
        self.lock().rows.clone()
    }

    fn lock(&self) -> MutexGuard<'_, Rows> {
        self.rows.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> Duration {
        self.start.elapsed()
    }

    /// The row of a span, if it has one.
    fn with(&self, id: &Id, change: impl FnOnce(&mut Row)) {
        let mut rows = self.lock();
        if let Some(&row) = rows.open.get(id) {
            change(&mut rows.rows[row]);
        }
    }
}

#[derive(Default)]
struct Fields {
    member: Member,
    members: u64,
    policy: String,
}

impl Visit for Fields {
    fn record_u64(&mut self, field: &Field, value: u64) {
        match field.name() {
            "members" => self.members = value,
            "waited_ms" => self.member.waited = Some(Duration::from_millis(value)),
            _ => {}
        }
    }
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "policy" => value.clone_into(&mut self.policy),
            "after" => self.member.after = Some(value.to_owned()),
            "outcome" => self.member.outcome = Some(value.to_owned()),
            _ => {}
        }
    }
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if field.name() == "member" {
            self.member.name = format!("{value:?}");
        }
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Recording {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        if attributes.metadata().target() != "gather" {
            return;
        }
        let Some(span) = context.span(id) else { return };
        let mut fields = Fields::default();
        attributes.record(&mut fields);
        let run = if attributes.metadata().name() == "group" {
            Run::Group { members: fields.members, policy: fields.policy }
        } else {
            span.extensions_mut().insert(Name(fields.member.name.clone()));
            Run::Member(fields.member)
        };
        let start = self.now();
        let mut rows = self.lock();
        let depth = span.scope().skip(1).filter(|span| rows.open.contains_key(&span.id())).count();
        let row = Row { start, end: None, depth, run };
        let number = rows.rows.len();
        rows.open.insert(id.clone(), number);
        rows.rows.push(row);
    }

    /// A member of a spawned group is no child of its group, and says so that it belongs there.
    fn on_follows_from(&self, id: &Id, group: &Id, _: Context<'_, S>) {
        let mut rows = self.lock();
        if let (Some(&member), Some(&group)) = (rows.open.get(id), rows.open.get(group)) {
            rows.rows[member].depth = rows.rows[group].depth + 1;
        }
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, _: Context<'_, S>) {
        self.with(id, |row| {
            if let Run::Member(member) = &mut row.run {
                let mut fields = Fields { member: std::mem::take(member), ..Fields::default() };
                values.record(&mut fields);
                *member = fields.member;
            }
        });
    }

    fn on_enter(&self, id: &Id, _: Context<'_, S>) {
        let now = self.now();
        self.with(id, |row| {
            if let Run::Member(member) = &mut row.run {
                member.polls.push(Poll { start: now, end: now });
            }
        });
    }

    fn on_exit(&self, id: &Id, _: Context<'_, S>) {
        let now = self.now();
        self.with(id, |row| {
            if let Run::Member(Member { polls, .. }) = &mut row.run
                && let Some(poll) = polls.last_mut()
            {
                poll.end = now;
            }
        });
    }

    fn on_close(&self, id: Id, _: Context<'_, S>) {
        let now = self.now();
        let mut rows = self.lock();
        if let Some(row) = rows.open.remove(&id) {
            rows.rows[row].end = Some(now);
        }
    }
}
