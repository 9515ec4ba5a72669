//! Which of the typed options stand: of two that exclude each other, and of one that is repeated, only one does.

use crate::ast::{Group, OptionValue, Options, TypedOption, Value, Valued};
use crate::errors::Errors;
use crate::options::{self, Macro, OptionRow, Policy, Slot};
use proc_macro2::Ident;

/// Fills the options of the group.
pub(crate) fn options(group: &mut Group, errors: &mut Errors) {
    options::report_words(Macro::Gather, group.typed_options.iter().map(|option| &option.word), errors);
    for TypedOption { word, row, value, .. } in &group.typed_options {
        let Some(row) = row else { continue };
        let value = match value {
            OptionValue::Absent => None,
            OptionValue::Given(value) => Some(Value::clone(value)),
            OptionValue::Unusable => continue,
        };
        store(&mut group.options, row, word.clone(), value, errors);
    }
}

/// Keeps the option, unless one is there that it excludes or repeats.
fn store(given: &mut Options, row: &OptionRow, word: Ident, value: Option<Value>, errors: &mut Errors) {
    if excluded(given, row, &word, errors) {
        return;
    }
    let (slot, value) = match (row.slot, value) {
        (Slot::Policy(policy), _) => {
            given.policy.get_or_insert((policy, word));
            return;
        }
        (Slot::Spawn, value) => {
            if given.spawn.is_none() {
                if value.is_some() {
                    given.order.push(word.clone());
                }
                given.spawn = Some((word, value));
            }
            return;
        }
        (Slot::Completions, _) => {
            given.completions.get_or_insert(word);
            return;
        }
        (Slot::PollAll, _) => {
            given.poll_all.get_or_insert(word);
            return;
        }
        (Slot::Crate, _) | (_, None) => return,
        (Slot::Error, Some(value)) => {
            given.error.get_or_insert(Valued { word, value });
            return;
        }
        (Slot::Limit, Some(value)) => (&mut given.limit, value),
        (Slot::Timeout, Some(value)) => (&mut given.timeout, value),
        (Slot::Until, Some(value)) => (&mut given.until, value),
    };
    if slot.is_none() {
        given.order.push(word.clone());
        *slot = Some(Valued { word, value });
    }
}

const NAMED_ANYWAY: &str = "a spawned group names the failing member anyway: remove `name_errors`";

/// Whether an earlier option excludes this one.
fn excluded(given: &mut Options, row: &OptionRow, word: &Ident, errors: &mut Errors) -> bool {
    let earlier = [
        given.policy.as_ref().map(|(_, word)| word),
        given.spawn.as_ref().map(|(word, _)| word),
        given.completions.as_ref(),
        given.poll_all.as_ref(),
        given.timeout.as_ref().map(|timeout| &timeout.word),
    ];
    let earlier = earlier.into_iter().flatten().find(|earlier| row.excludes.contains(&earlier.to_string().as_str()));
    let Some(earlier) = earlier.cloned() else { return false };
    let other = options::find(Macro::Gather, &earlier.to_string()).map(|row| row.slot);
    match (row.slot, other) {
        (Slot::Spawn, Some(Slot::Policy(_))) => {
            errors.at(earlier.span(), NAMED_ANYWAY);
            given.policy = None;
            false
        }
        (Slot::Policy(Policy::NameErrors), Some(Slot::Spawn)) => {
            errors.at(word.span(), NAMED_ANYWAY);
            true
        }
        // The group stays a stream: the code around it is written for one.
        (Slot::Completions, Some(Slot::Spawn)) => {
            errors.at(earlier.span(), not_spawned(word));
            if let Some((spawn, Some(_))) = given.spawn.take() {
                given.order.retain(|word| *word != spawn);
            }
            false
        }
        (Slot::Spawn, Some(Slot::Completions)) => {
            errors.at(word.span(), not_spawned(&earlier));
            true
        }
        (Slot::Completions, Some(Slot::Policy(_))) => {
            errors.at(earlier.span(), not_collected(word));
            given.policy = None;
            false
        }
        (Slot::Policy(_), Some(Slot::Completions)) => {
            errors.at(word.span(), not_collected(&earlier));
            true
        }
        (Slot::PollAll, Some(Slot::Spawn)) | (Slot::Spawn, Some(Slot::PollAll)) => {
            errors.at(word.span(), POLLED_IN_TASK);
            true
        }
        (Slot::PollAll, Some(Slot::Timeout)) | (Slot::Timeout, Some(Slot::PollAll)) => {
            errors.at(word.span(), NO_WALL_CLOCK);
            true
        }
        _ => {
            errors.at(word.span(), format!("`{word}` and `{earlier}` exclude each other: keep one"));
            true
        }
    }
}

const POLLED_IN_TASK: &str = "`poll_all` is about members that are polled by the awaiting task, and those of a spawned group are tasks of their own: remove one of them";

const NO_WALL_CLOCK: &str = "`timeout` is a wall clock, which `poll_all` is to keep out: write `until = timer`, with a timer of the engine that polls the group";

fn not_spawned(word: &Ident) -> String {
    format!(
        "the members of `{word}` are polled by who takes their results: to let them run on meanwhile, spawn them instead of the group, as in `*jobs.map(tokio::spawn); {word}, return_exceptions`"
    )
}

fn not_collected(word: &Ident) -> String {
    format!(
        "`{word}` gives each result as it comes, and with `return_exceptions` each error too: write that instead of `all_errors`"
    )
}
