//! A subscriber that remembers every span.
#![allow(dead_code, reason = "each test target uses its own part")]

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, LazyLock, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::{DefaultGuard, NoSubscriber};
use tracing::{Dispatch, Event, Level, Metadata, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context, SubscriberExt as _};
use tracing_subscriber::registry::LookupSpan;

/// A span, and what was said of it.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) name: &'static str,
    pub(crate) target: String,
    pub(crate) level: Level,
    /// By number, in the order in which spans were made.
    pub(crate) parent: Option<usize>,
    pub(crate) follows: Vec<usize>,
    pub(crate) fields: BTreeMap<&'static str, String>,
    /// How often each field was given a value.
    pub(crate) times: BTreeMap<&'static str, usize>,
    pub(crate) enters: usize,
    pub(crate) closed: bool,
    /// Of events inside: their messages.
    pub(crate) events: Vec<String>,
}

impl Seen {
    pub(crate) fn field(&self, name: &str) -> Option<&str> {
        self.fields.get(name).map(String::as_str)
    }
}

struct Values<'a>(&'a mut Seen);

impl Visit for Values<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.record_debug(field, &format_args!("{value}"));
    }
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.fields.insert(field.name(), format!("{value:?}"));
        *self.0.times.entry(field.name()).or_default() += 1;
    }
}

#[derive(Default)]
struct Memory {
    spans: Vec<Seen>,
    /// Where the open ones are.
    open: BTreeMap<u64, usize>,
    questions: usize,
}

#[derive(Clone, Default)]
pub(crate) struct Recorder(Arc<Mutex<Memory>>);

impl Recorder {
    /// Of this thread, until the guard is dropped.
    pub(crate) fn install() -> (Self, DefaultGuard) {
        /// Another one, for the whole program. As long as `tracing` knows of one subscriber only, it asks that of the current thread what
        /// it wants to see of a span that comes up for the first time, and keeps the answer for all: here, that of a test without one.
        static OTHER: LazyLock<Dispatch> = LazyLock::new(|| Dispatch::new(NoSubscriber::default()));
        LazyLock::force(&OTHER);
        let recorder = Self::default();
        let guard = tracing::subscriber::set_default(tracing_subscriber::registry().with(recorder.clone()));
        (recorder, guard)
    }

    /// All spans so far, which are forgotten.
    pub(crate) fn take(&self) -> Vec<Seen> {
        let mut memory = self.0.lock().unwrap();
        assert!(memory.open.is_empty(), "spans are open: {:?}", memory.spans);
        std::mem::take(&mut memory.spans)
    }

    pub(crate) fn look(&self) -> Vec<Seen> {
        self.0.lock().unwrap().spans.clone()
    }

    /// The same, one line each: `parent > group of 2, all_errors` or `parent > user after a, waited, 3 polls: ok`.
    pub(crate) fn lines(&self) -> Vec<String> {
        lines(&self.take())
    }
}

/// What a span is called by those inside.
fn called(span: &Seen) -> String {
    span.field("member").unwrap_or(span.name).to_owned()
}

pub(crate) fn lines(spans: &[Seen]) -> Vec<String> {
    spans.iter().map(|span| line(spans, span)).collect()
}

fn line(spans: &[Seen], span: &Seen) -> String {
    let parent = span.parent.map(|parent| format!("{} > ", called(&spans[parent]))).unwrap_or_default();
    let what = match span.name {
        "group" => {
            assert_eq!(span.fields.keys().collect::<Vec<_>>(), [&"members", &"policy"]);
            format!("group of {}, {}", span.fields["members"], span.fields["policy"])
        }
        "member" => {
            assert_eq!(span.times.get("outcome"), Some(&1), "a member has one outcome: {span:?}");
            assert_eq!(span.times.get("polls"), Some(&1), "polls are said once: {span:?}");
            assert_eq!(span.fields["member"], span.fields["otel.name"]);
            let polls: usize = span.fields["polls"].parse().expect("a number");
            // In a task it is current once more while what is left of the member is dropped.
            assert!((polls..=polls + 1).contains(&span.enters), "it is current in each poll: {span:?}");
            let known = ["after", "member", "otel.name", "outcome", "polls", "waited_ms"];
            assert!(span.fields.keys().all(|field| known.contains(field)), "{span:?}");
            let after = span.field("after").map(|after| format!(" after {after}")).unwrap_or_default();
            let waited = span.field("waited_ms").map_or("", |_| ", waited");
            let (polls, outcome) = (&span.fields["polls"], &span.fields["outcome"]);
            format!("{}{after}{waited}, {polls} polls: {outcome}", span.fields["member"])
        }
        _ => return format!("{parent}{}", span.name),
    };
    assert_eq!((span.target.as_str(), span.level), ("gather", Level::DEBUG), "{span:?}");
    format!("{parent}{what}")
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Recorder {
    fn enabled(&self, _: &Metadata<'_>, _: Context<'_, S>) -> bool {
        self.0.lock().unwrap().questions += 1;
        true
    }

    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let parent = if attributes.is_contextual() {
            context.lookup_current().map(|span| span.id())
        } else {
            attributes.parent().cloned()
        };
        let mut memory = self.0.lock().unwrap();
        let metadata = attributes.metadata();
        let mut seen = Seen {
            name: metadata.name(),
            target: metadata.target().to_owned(),
            level: *metadata.level(),
            parent: parent.and_then(|parent| memory.open.get(&parent.into_u64()).copied()),
            follows: Vec::new(),
            fields: BTreeMap::new(),
            times: BTreeMap::new(),
            enters: 0,
            closed: false,
            events: Vec::new(),
        };
        attributes.record(&mut Values(&mut seen));
        let number = memory.spans.len();
        memory.open.insert(id.into_u64(), number);
        memory.spans.push(seen);
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, _: Context<'_, S>) {
        let mut memory = self.0.lock().unwrap();
        let number = memory.open[&id.into_u64()];
        values.record(&mut Values(&mut memory.spans[number]));
    }

    fn on_follows_from(&self, id: &Id, follows: &Id, _: Context<'_, S>) {
        let mut memory = self.0.lock().unwrap();
        let (number, other) = (memory.open[&id.into_u64()], memory.open[&follows.into_u64()]);
        memory.spans[number].follows.push(other);
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        struct Message(String);
        impl Visit for Message {
            fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
                if field.name() == "message" {
                    self.0 = format!("{value:?}");
                }
            }
        }
        let Some(span) = context.lookup_current() else { return };
        let mut message = Message(String::new());
        event.record(&mut message);
        let mut memory = self.0.lock().unwrap();
        let number = memory.open[&span.id().into_u64()];
        memory.spans[number].events.push(message.0);
    }

    fn on_enter(&self, id: &Id, _: Context<'_, S>) {
        let mut memory = self.0.lock().unwrap();
        let number = memory.open[&id.into_u64()];
        memory.spans[number].enters += 1;
    }

    fn on_close(&self, id: Id, _: Context<'_, S>) {
        let mut memory = self.0.lock().unwrap();
        if let Some(number) = memory.open.remove(&id.into_u64()) {
            memory.spans[number].closed = true;
        }
    }
}
