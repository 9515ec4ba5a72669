//! What a server would have written down, one workflow task after the other: what it completes, then what it schedules.

use std::collections::HashMap;
use std::ops::Range;

use temporalio_common::protos::coresdk::AsJsonPayloadExt;
use temporalio_common::protos::temporal::api::common::v1::{ActivityType, Payloads};
use temporalio_common::protos::temporal::api::enums::v1::EventType;
use temporalio_common::protos::temporal::api::history::v1::{History, history_event::Attributes};
use temporalio_common::protos::temporal::api::sdk::v1::WorkflowTaskCompletedMetadata;
use temporalio_sdk_core::replay::TestHistoryBuilder;

use crate::forms::{Activities, input};

/// The core's flag `IdAndTypeDeterminismChecks`, without which the kind of a command is all that is compared.
const ID_AND_TYPE_CHECKS: u32 = 1;

/// Whether two events stand in the wrong order.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Swapped {
    No,
    Yes,
}

struct Writer {
    events: TestHistoryBuilder,
    scheduled: HashMap<String, i64>,
    swapped: Swapped,
}

impl Writer {
    fn new(form: &str, swapped: Swapped) -> Self {
        let mut events = TestHistoryBuilder::default();
        events.add_by_type(EventType::WorkflowExecutionStarted);
        events.set_wf_type("Groups");
        let payload = input(form, swapped).as_json_payload().expect("text");
        events.set_wf_input(Payloads { payloads: vec![payload] });
        events.add_full_wf_task();
        Self { events, scheduled: HashMap::new(), swapped }
    }

    /// The workflow has asked for these.
    fn asked<T: ToString>(&mut self, ids: impl IntoIterator<Item = T>) {
        for id in ids {
            let id = id.to_string();
            let event = self.events.add_activity_task_scheduled(id.clone());
            self.events.modify_event(event, |event| {
                if let Some(Attributes::ActivityTaskScheduledEventAttributes(activity)) = &mut event.attributes {
                    activity.activity_type = Some(ActivityType { name: Activities::work.name().to_owned() });
                }
            });
            self.scheduled.insert(id, event);
        }
    }

    /// The same, where the last two are swapped if any are.
    fn asked_in_order<T: ToString>(&mut self, ids: impl IntoIterator<Item = T>) {
        let mut ids: Vec<T> = ids.into_iter().collect();
        let last = ids.len() - 1;
        if matches!(self.swapped, Swapped::Yes) {
            ids.swap(last - 1, last);
        }
        self.asked(ids);
    }

    /// These have ended, in this order, before the workflow goes on.
    fn ended<T: ToString>(&mut self, ids: impl IntoIterator<Item = T>) {
        for id in ids {
            let id = id.to_string();
            let scheduled = self.scheduled[&id];
            let started = self.events.add_activity_task_started(scheduled);
            let result = id.as_json_payload().expect("text");
            self.events.add_activity_task_completed(scheduled, started, result);
        }
        self.events.add_full_wf_task();
    }

    fn finish(mut self) -> History {
        self.events.add_workflow_execution_completed();
        let mut events = self.events.get_full_history_info().expect("a history").into_events();
        // What a worker of today writes down with its first task: that ids and types are compared.
        let flags = WorkflowTaskCompletedMetadata { core_used_flags: vec![ID_AND_TYPE_CHECKS], ..Default::default() };
        let first = events.iter_mut().find_map(|event| match &mut event.attributes {
            Some(Attributes::WorkflowTaskCompletedEventAttributes(task)) => Some(task),
            _ => None,
        });
        first.expect("a workflow task").sdk_metadata = Some(flags);
        History { events }
    }
}

/// All at once; they end from the last to the first, some in each workflow task.
fn all_at_once(history: &mut Writer, ids: Range<usize>) {
    history.asked_in_order(ids.clone());
    for some in ids.rev().collect::<Vec<_>>().chunks(7) {
        history.ended(some);
    }
}

/// Four at once: of these the two youngest end, the youngest first, and the next two start.
fn under_a_limit(history: &mut Writer, count: usize) {
    let mut running: Vec<usize> = (0..4).collect();
    let mut next = 4..count;
    history.asked_in_order(running.clone());
    while !running.is_empty() {
        let two = running.split_off(running.len().saturating_sub(2));
        history.ended(two.iter().rev());
        let started: Vec<usize> = next.by_ref().take(two.len()).collect();
        history.asked(&started);
        running.extend(started);
    }
}

/// Each of twelve has two steps; those of every third end first.
fn blocks_of_twelve(history: &mut Writer) {
    let first = |i: usize| format!("{i}a");
    let second = |i: usize| format!("{i}b");
    let thirds = || (0..12).filter(|i| i % 3 == 0);
    let others = || (0..12).filter(|i| i % 3 != 0);
    history.asked_in_order((0..12).map(first));
    history.ended(thirds().rev().map(first));
    history.asked(thirds().map(second));
    history.ended(others().rev().map(first));
    history.asked(others().map(second));
    history.ended((0..12).map(second));
}

pub(crate) fn history(form: &str, swapped: Swapped) -> History {
    let mut history = Writer::new(form, swapped);
    let h = &mut history;
    match form.trim_start_matches("plain.") {
        "record" => {
            h.asked_in_order(["a", "b", "c"]);
            h.ended(["c", "b"]);
            h.ended(["a"]);
        }
        "yields" => {
            h.asked(["a"]);
            h.ended(["a"]);
        }
        "wide" => all_at_once(h, 0..12),
        "list_of_100" => all_at_once(h, 0..100),
        "list_of_40" | "join_all_beside_one" | "join_all_beside_eight" | "join_all_in_a_list" => all_at_once(h, 0..40),
        "limit" => under_a_limit(h, 12),
        "blocks_of_3" => {
            h.asked(["0a", "1a", "2a"]);
            // Both in one workflow task: who goes on first is the order of the members.
            h.ended(["1a", "0a"]);
            h.asked_in_order(["0b", "1b"]);
            h.ended(["2a"]);
            h.asked(["2b"]);
            h.ended(["2b", "1b", "0b"]);
        }
        "blocks_of_12" | "completions" => blocks_of_twelve(h),
        "dependants" | "function" => {
            h.asked(["x", "y"]);
            h.ended(["y", "x"]);
            h.asked_in_order(["z", "w"]);
            h.ended(["w"]);
            h.ended(["z"]);
        }
        _ => unreachable!("no form is called {form}"),
    }
    history.finish()
}
