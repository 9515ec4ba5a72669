//! Random groups of the engine's model: what the spans say of each member is what became of it.
//!
//! `PROPTEST_CASES=100000` in front of the command looks longer.
#![recursion_limit = "512"]

#[path = "../engine_model/cases.rs"]
mod cases;
#[path = "../engine_model/graphs.rs"]
mod graphs;
#[path = "../engine_model/groups.rs"]
#[allow(dead_code, reason = "only graphs are run here")]
mod groups;
#[path = "../engine_model/observed.rs"]
mod observed;
mod recorder;
#[path = "../engine_model/script.rs"]
#[allow(dead_code, reason = "only graphs are run here")]
mod script;
#[path = "../support/mod.rs"]
mod support;

use std::collections::HashMap;

use proptest::prelude::*;

use cases::{Case, case};
use graphs::{GRAPHS, Variant};
use observed::{Facts, Observed, Outcome};
use recorder::{Recorder, Seen};
use script::{End, Got};

fn config() -> ProptestConfig {
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    if std::env::var_os("PROPTEST_CASES").is_some() { config } else { ProptestConfig { cases: 1_000, ..config } }
}

/// The spans of members, by name, each of which is taken once.
struct Spans(HashMap<String, Seen>);

impl Spans {
    fn of(spans: Vec<Seen>) -> Self {
        // That each has its group's span as its parent, and one outcome.
        recorder::lines(&spans);
        assert!(spans.iter().all(|span| span.name == "group" || span.parent == Some(0)), "{spans:?}");
        let mut members = HashMap::new();
        for span in spans.into_iter().filter(|span| span.name == "member") {
            let other = members.insert(span.fields["member"].clone(), span);
            assert!(other.is_none(), "two spans of one member: {other:?}");
        }
        Self(members)
    }

    /// How often it was polled, and its outcome.
    fn take(&mut self, name: &str) -> (usize, String) {
        let span =
            self.0.remove(name).unwrap_or_else(|| panic!("`{name}` has no span, these have: {:?}", self.0.keys()));
        (span.fields["polls"].parse().unwrap(), span.fields["outcome"].clone())
    }
}

fn of_result(got: Got) -> &'static str {
    match got {
        Got::Value(_) => "ok",
        Got::Error(_) => "error",
        Got::Panic => "panicked",
        Got::Cancelled => "cancelled",
        Got::Skipped => "skipped",
    }
}

/// Of a member that the result does not speak of.
fn of_member(member: &Observed, variant: Variant) -> &'static str {
    match member.end {
        _ if !member.ended => "dropped",
        End::Bad if variant != Variant::Plain => "error",
        End::Good | End::Bad => "ok",
        End::Panics | End::DropPanics => "panicked",
    }
}

fn check(case: &Case, facts: &Facts, spans: Vec<Seen>) {
    if !facts.was_polled {
        assert!(spans.is_empty(), "a group that never ran says nothing: {spans:?}");
        return;
    }
    let graph = &GRAPHS[case.graph];
    let mut spans = Spans::of(spans);
    let mut kept = match &facts.outcome {
        Outcome::Ready(got) if case.variant.keeps() => Some(got.iter().copied()),
        _ => None,
    };
    for (part, (first, len)) in facts.parts.iter().enumerate() {
        let (is_list, _) = graph.parts[part];
        let name = graph.names[part];
        if facts.waiting[part] {
            let (polls, outcome) = spans.take(name);
            assert_eq!(polls, 0, "`{name}` never started");
            match kept.as_mut().map(|got| got.next().unwrap()) {
                Some(got) => assert_eq!(outcome, of_result(got), "{name}"),
                // It depends on when the group was dropped.
                None => assert!(outcome == "dropped" || outcome == "skipped", "`{name}`: {outcome}"),
            }
            continue;
        }
        for (item, id) in (*first..first + len).enumerate() {
            let name = if is_list { format!("{name}[{item}]") } else { name.to_owned() };
            let member = &facts.members[id];
            let got = kept.as_mut().map(|got| got.next().unwrap());
            if !member.was_made && got.is_none() {
                continue;
            }
            let (polls, outcome) = spans.take(&name);
            assert_eq!(polls, member.polls, "{name}");
            assert_eq!(outcome, got.map_or_else(|| of_member(member, case.variant), of_result), "{name}");
        }
    }
    assert!(spans.0.is_empty(), "spans of nobody: {:?}", spans.0.keys());
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_spans_say_what_became_of_members(case in case()) {
        let (recorder, _guard) = Recorder::install();
        let facts = observed::run(&case);
        check(&case, &facts, recorder.take());
    }
}
