//! Thousands of spawned groups whose members fail, panic, are cancelled and dropped at random moments, from members,
//! callbacks and other threads. However that goes: every member and output is dropped exactly once, every awaiter gets one
//! outcome and all the same, every callback runs exactly once, and no task is left.
//!
//! `GATHER_STRESS_SEED=<number>` repeats the choices of a run (not its timing), `GATHER_STRESS_GROUPS=<number>` sets how many.
#![forbid(unsafe_code)]

mod dice;
mod forms;
mod handles;
mod member;
mod record;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use gather::{Canceller, gather};
use tokio::runtime::{Builder, Runtime};

use dice::Dice;
use member::Intended;
use record::Record;

/// More than the whole may take.
const BOUND: Duration = Duration::from_secs(120);

fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().expect("a number"))
}

fn seed() -> u64 {
    let clock = || std::time::UNIX_EPOCH.elapsed().map_or(0, |time| u64::from(time.subsec_nanos()));
    let seed = setting("GATHER_STRESS_SEED").unwrap_or_else(clock);
    println!("GATHER_STRESS_SEED={seed}");
    seed
}

fn runtime() -> Runtime {
    Builder::new_multi_thread().worker_threads(4).enable_time().build().unwrap()
}

/// Panics that are part of the plan are not printed.
fn silence_intended_panics() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if !info.payload().is::<Intended>() {
            usual(info);
        }
    }));
}

fn until_no_task_is_left(runtime: &Runtime) {
    let start = Instant::now();
    while runtime.metrics().num_alive_tasks() > 0 {
        assert!(start.elapsed() < BOUND, "{} tasks are left", runtime.metrics().num_alive_tasks());
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// A thread that is no part of the runtime, and cancels what it is sent.
fn cancelling_thread() -> (mpsc::Sender<(Canceller, Duration)>, std::thread::JoinHandle<usize>) {
    let (sender, inbox) = mpsc::channel::<(Canceller, Duration)>();
    let thread = std::thread::spawn(move || {
        let mut cancelled = 0;
        for (canceller, after) in inbox {
            std::thread::sleep(after);
            cancelled += usize::from(canceller.cancel());
            // Again, and true until its members are gone: nothing may come of it.
            canceller.cancel();
        }
        cancelled
    });
    (sender, thread)
}

#[test]
fn whatever_happens() {
    silence_intended_panics();
    let seed = seed();
    let groups = usize::try_from(setting("GATHER_STRESS_GROUPS").unwrap_or(10_000)).unwrap();
    let runtime = runtime();
    let (cancel, canceller) = cancelling_thread();
    let next = Arc::new(AtomicUsize::new(0));
    let drivers = (0..32).map(|_| {
        let (next, cancel) = (Arc::clone(&next), cancel.clone());
        async move {
            let mut records = Vec::new();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= groups {
                    return records;
                }
                let record = Record::new(number);
                records.push(Arc::clone(&record));
                forms::run(Dice::new(seed, number), record, cancel.clone()).await;
            }
        }
    });
    let all = runtime
        .block_on(async { tokio::time::timeout(BOUND, gather!(*drivers.map(tokio::spawn); return_exceptions)).await });
    drop(cancel);
    let records: Vec<_> = all.expect("an awaiter was not woken").into_iter().flat_map(Result::unwrap).collect();
    let cancelled = canceller.join().unwrap();
    until_no_task_is_left(&runtime);
    assert_eq!(records.len(), groups);
    for record in &records {
        record.check();
    }
    println!("{groups} groups, {cancelled} cancelled by the thread; {}", record::summary(&records));
}

#[test]
fn a_runtime_that_shuts_down() {
    silence_intended_panics();
    let seed = seed();
    let runtimes = 20;
    for number in 0..runtimes {
        let runtime = runtime();
        let (cancel, canceller) = cancelling_thread();
        let records: Vec<_> = (0..50).map(|group| Record::new(1_000 * number + group)).collect();
        for record in &records {
            let dice = Dice::new(seed, record.number());
            runtime.spawn(forms::run(dice, Arc::clone(record), cancel.clone()));
        }
        std::thread::sleep(Duration::from_micros(200 * number as u64));
        runtime.shutdown_timeout(BOUND);
        drop(cancel);
        canceller.join().unwrap();
        // Callbacks that came after the end of a group wait for a turn of the runtime, which never comes.
        for record in &records {
            record.check_as_far_as_it_went();
        }
    }
}
