//! Every form of a group, in processes that are killed in the middle.
//!
//! A form is run by a worker (`src/worker/forms.rs`) that is killed one to three times, at moments that the seed gives. It completes
//! with the right result, and no activity whose result was written down starts again.

mod support;

use std::collections::HashSet;
use std::time::Duration;

use duroxide::EventKind;

use gather_on_duroxide::random::Random;
use support::{Kind, Place, Worker, number, wait_until};

fn pages(count: usize, name: impl Fn(usize) -> String) -> String {
    (0..count).map(name).collect()
}

fn blocks() -> String {
    pages(12, |i| format!("{i}a!{i}b!"))
}

/// What `form` gives, and how many activities it needs at least.
fn expected(form: &str) -> (String, usize) {
    match form {
        "record" => ("a! b! c!".to_owned(), 3),
        "twelve" => (pages(12, |i| format!("{i}!")), 12),
        "list" => (pages(40, |i| format!("{i}!")), 40),
        "limit" => (pages(30, |i| format!("{i}!")), 30),
        "blocks" | "completions" => (blocks(), 24),
        "dependants" => {
            let late = pages(12, |i| format!("x!{i}a!x!{i}b!"));
            (format!("v(z(y!)!w(x!)!)! y! {late}"), 29)
        }
        "nested" => {
            let left = pages(12, |i| format!("l{i}a!l{i}b!"));
            let right = pages(12, |i| format!("rb{i}!"));
            (format!("{left} ra! {right} solo!"), 38)
        }
        "children" => ("4 now".to_owned(), 96),
        "exceptions" => {
            let pages = pages(12, |i| format!("{i}!"));
            let bad = "member `bad` failed: bad fails";
            (format!("Some(\"good!\") {bad} {pages} member `broken` panicked: bolt! is broken"), 15)
        }
        "first_error" => ("member `bad` failed: bad fails, after!".to_owned(), 2),
        "all_errors" => {
            let errors = [1, 5, 9].map(|i| format!("member `#{i}` failed: {i} fails"));
            (errors.join("\n"), 12)
        }
        "function" => ("z(y!)! w(x!)!".to_owned(), 4),
        _ => unreachable!("no form is called {form}"),
    }
}

/// What a deadline leaves is what the log says: results that were written down before the timer's end.
async fn expected_at_the_deadline(place: &Place) -> String {
    let (mut ids, mut ended) = (Vec::new(), Vec::new());
    for event in place.history("deadline").await {
        match event.kind {
            EventKind::ActivityScheduled { .. } => ids.push(event.event_id),
            EventKind::ActivityCompleted { .. } => ended.push(event.source_event_id.expect("an activity")),
            EventKind::TimerFired { .. } => break,
            _ => {}
        }
    }
    assert_eq!(ids.len(), 12);
    let page = |(i, id)| {
        if ended.contains(id) { format!("{i}!") } else { format!("member `#{i}` was cancelled") }
    };
    let pages: Vec<String> = ids.iter().enumerate().map(page).collect();
    // They take minutes.
    assert!([0, 3, 6, 9].iter().all(|&slow| pages[slow].contains("cancelled")));
    format!("{}, after!", pages.join(", "))
}

async fn survives(kind: Kind, form: &str, kills: usize) {
    // The engine gives up what it cannot write down, where others keep its file locked. That is nobody's result.
    for _ in 0..3 {
        let Err(given_up) = try_survives(kind, form, kills).await else { return };
        assert!(kind == Kind::Sqlite, "{given_up}");
        println!("{form}, once more: {given_up}");
    }
    panic!("the store fails");
}

/// An error is one of the engine's store.
async fn try_survives(kind: Kind, form: &str, kills: usize) -> Result<(), String> {
    let seed = number("GATHER_SEED", 16);
    println!("GATHER_SEED={seed}");
    let mut random = Random(form.bytes().fold(seed, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into())));
    // A file is for one process.
    let processes = if kind == Kind::Sqlite { 1 } else { 2 };

    let place = Place::new(kind, form).await;
    place.start(form, form).await;
    let mut workers: Vec<Worker> = (0..processes).map(|_| place.worker()).collect();
    let raise = async {
        if form == "children" {
            let waits = async || {
                let Ok(history) = place.client.read_execution_history(form, 1).await else { return false };
                history.iter().any(|event| matches!(event.kind, EventKind::ExternalSubscribed { .. }))
            };
            wait_until("the event is waited for", waits).await;
            place.client.raise_event(form, "go", "now").await.expect("it is written down");
        }
    };
    let activities = if form == "deadline" { 8 } else { expected(form).1 };
    let crashes = async {
        let (mut finished_at_kills, mut in_the_middle) = (Vec::new(), 0);
        for _ in 0..kills {
            let more = 1 + random.below((activities / (kills + 1)).max(1));
            let wanted = place.count("end") + more;
            let over = async || place.count("end") >= wanted || place.outcome(form).await.is_some();
            wait_until("the moment of the kill", over).await;
            tokio::time::sleep(Duration::from_millis(random.number() % 40)).await;
            let victim = random.below(workers.len());
            workers[victim].kill();
            in_the_middle += usize::from(place.outcome(form).await.is_none());
            let finished = place.finished().await;
            finished_at_kills.push((finished, place.starts()));
            workers[victim] = place.worker();
        }
        (finished_at_kills, in_the_middle)
    };
    let ((), (finished_at_kills, in_the_middle)) = tokio::join!(raise, crashes);
    wait_until(form, async || place.outcome(form).await.is_some()).await;

    let outcome = place.outcome(form).await.expect("it has ended");
    if let Err(error) = &outcome
        && error.starts_with("infrastructure:")
    {
        return Err(error.clone());
    }
    let right = if form == "deadline" { expected_at_the_deadline(&place).await } else { expected(form).0 };
    assert_eq!(outcome, Ok(right));

    let starts = place.starts();
    for (finished, starts_then) in &finished_at_kills {
        for activity in finished {
            assert_eq!(starts.get(activity), starts_then.get(activity), "{activity:?} was finished and started again");
        }
    }
    assert!(in_the_middle >= 1 || activities < 10, "it was killed at its end");
    // No activity is there twice under two numbers.
    let mut inputs: Vec<_> =
        place.scheduled().await.into_iter().map(|((instance, _), input)| (instance, input)).collect();
    let count = inputs.len();
    inputs.sort();
    inputs.dedup();
    assert_eq!(inputs.len(), count, "something was asked for twice");

    let processes: HashSet<u32> = place.effects().iter().map(|effect| effect.process).collect();
    assert!(processes.len() >= 2 || activities < 20, "one process did all of it");
    let finished: Vec<usize> = finished_at_kills.iter().map(|(finished, _)| finished.len()).collect();
    let again: usize = starts.values().map(|&starts| starts - 1).sum();
    println!(
        "{form}: {count} activities in {} processes, finished at the kills: {finished:?}, in progress and started again: {again}",
        processes.len()
    );
    Ok(())
}

/// What is cancelled is told so, where it runs.
async fn is_cancelled(kind: Kind) {
    let place = Place::new(kind, "cancelled").await;
    place.start("first_error", "first_error").await;
    let _worker = place.worker();
    wait_until("the error", async || place.outcome("first_error").await.is_some()).await;
    assert_eq!(place.outcome("first_error").await.expect("it has ended"), Ok(expected("first_error").0));
    let running = |place: &Place| {
        let mut running: Vec<String> = Vec::new();
        for effect in place.effects() {
            match &effect.what[..] {
                "start" => running.push(effect.label),
                _ => running.retain(|label| *label != effect.label),
            }
        }
        running
    };
    wait_until("all are told", async || running(&place).is_empty()).await;
    let cancelled = place.effects().into_iter().filter(|effect| effect.what == "cancelled").count();
    assert!(cancelled >= 1, "those that ran take minutes");
    println!("{cancelled} activities ran, and were cancelled");
}

macro_rules! on {
    ($store:ident: $($form:ident $kills:literal)+) => {
        mod $store {
            $(
                #[tokio::test]
                async fn $form() {
                    super::survives(super::on::$store(), stringify!($form), $kills).await;
                }
            )+

            #[tokio::test]
            async fn siblings_of_an_error_are_cancelled() {
                super::is_cancelled(super::on::$store()).await;
            }
        }
    };
}

mod on {
    use super::Kind;

    pub(crate) fn sqlite() -> Kind {
        Kind::Sqlite
    }

    #[cfg(feature = "postgres")]
    pub(crate) fn postgres() -> Kind {
        Kind::Postgres
    }
}

on! { sqlite:
    record 1 twelve 2 list 3 limit 3 blocks 2 dependants 3 nested 3 children 3 exceptions 2 deadline 1
    first_error 1 all_errors 1 completions 3 function 2
}

#[cfg(feature = "postgres")]
on! { postgres:
    record 1 twelve 2 list 3 limit 3 blocks 2 dependants 3 nested 3 children 3 exceptions 2 deadline 1
    first_error 1 all_errors 1 completions 3 function 2
}
