//! A thousand activities under a limit, beside the engine's own `join`, which has no limit: ratios of one run.

mod support;

use std::time::{Duration, Instant};

use support::{Kind, Place, Worker, number, wait_until};

struct Cost {
    wall: Duration,
    /// What the processors did for it, in ticks.
    processors: f64,
    /// At its most, in KiB.
    memory: f64,
}

fn of_process(worker: &Worker, file: &str) -> String {
    std::fs::read_to_string(format!("/proc/{}/{file}", worker.id())).expect("it runs")
}

fn memory(worker: &Worker) -> f64 {
    let status = of_process(worker, "status");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("its memory");
    line.trim().trim_end_matches(" kB").parse().expect("a number")
}

fn processors(worker: &Worker) -> f64 {
    let stat = of_process(worker, "stat");
    let (_, behind_the_name) = stat.rsplit_once(')').expect("a name");
    let ticks =
        |n: usize| -> f64 { behind_the_name.split_whitespace().nth(n).expect("ticks").parse().expect("a number") };
    ticks(11) + ticks(12)
}

/// What it costs to run `orchestration` in a process of its own.
async fn cost(orchestration: &str, members: usize) -> Cost {
    let place = Place::new(Kind::Sqlite, "load").await;
    // Two who write: more of them keep the file locked, and the engine gives up a turn.
    let worker = place.worker_with(&["1"]);
    let began = Instant::now();
    let (input, id) = (members.to_string(), orchestration);
    place.client.start_orchestration(id, orchestration, input).await.expect("it is written down");
    wait_until(orchestration, async || place.outcome(id).await.is_some()).await;
    let wall = began.elapsed();
    let right: String = (0..members).map(|i| format!("{i}!")).collect();
    assert!(place.outcome(id).await == Some(Ok(right)), "{orchestration}: {:?}", place.status(id).await);
    assert_eq!(place.starts().len(), members);
    Cost { wall, processors: processors(&worker), memory: memory(&worker) }
}

#[tokio::test]
async fn a_thousand() {
    let members = usize::try_from(number("GATHER_MEMBERS", 1000)).expect("a small number");
    let own = cost("load.join", members).await;
    for (what, orchestration) in [("limit = 64", "load.group"), ("no limit", "load.whole")] {
        let group = cost(orchestration, members).await;
        println!(
            "{members} members, {what}, to the engine's `join`: {:.2} of the time, {:.2} of the processors' time, {:.2} of the memory",
            group.wall.as_secs_f64() / own.wall.as_secs_f64(),
            group.processors / own.processors,
            group.memory / own.memory,
        );
    }
}
