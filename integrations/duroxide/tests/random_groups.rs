//! Random groups on an engine that is killed twice, compared with the same groups in one process.

mod support;

use std::collections::HashSet;
use std::sync::Mutex;

use duroxide::ErrorDetails;
use duroxide::runtime::OrchestrationStatus;
use gather_on_duroxide::random::{Machine, Random, run, shape};
use tokio::runtime::Builder;

use support::{Kind, Place, number, wait_until};

/// What the groups give in this process, under a clock that skips what nobody uses.
fn outcomes_here(seeds: &[u64]) -> Vec<Result<String, String>> {
    // The hook is the whole process's.
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _one = ONE_AT_A_TIME.lock().expect("nobody panics with it");
    let runtime = Builder::new_current_thread().enable_time().start_paused(true).build().expect("a runtime");
    // Members of some groups panic, as they should.
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let outcomes = seeds.iter().map(|&seed| runtime.block_on(run(&Machine::Here, &shape(seed)))).collect();
    std::panic::set_hook(hook);
    outcomes
}

fn agree(kind: Kind) {
    let count = number("GATHER_GROUPS", 1000);
    let mut random = Random(number("GATHER_SEED", 16));
    println!("GATHER_SEED={} GATHER_GROUPS={count}", random.0);
    let seeds: Vec<u64> = (0..count).map(|_| random.number()).collect();
    let here = outcomes_here(&seeds);
    let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(agree_there(kind, &seeds, here, random));
}

async fn agree_there(kind: Kind, seeds: &[u64], here: Vec<Result<String, String>>, mut random: Random) {
    let place = Place::new(kind, "random").await;
    for seed in seeds {
        place
            .client
            .start_orchestration(&seed.to_string(), "random", seed.to_string())
            .await
            .expect("it is written down");
    }
    let ended = async || {
        let with = async |status| place.client.list_instances_by_status(status).await.expect("a list").len();
        with("Completed").await + with("Failed").await
    };
    // About as many activities as there will be.
    let activities = 15 * seeds.len();
    let mut worker = place.worker();
    let mut finished_at_kills = Vec::new();
    for kill in [1, 2] {
        let wanted = activities * kill / 3 - random.below(activities / 6 + 1);
        wait_until("the moment of the kill", async || place.count("end") >= wanted).await;
        worker.kill();
        finished_at_kills.push((place.finished().await, place.starts()));
        worker = place.worker();
    }
    wait_until("all have ended", async || ended().await == seeds.len()).await;

    let mut different = Vec::new();
    let (mut failed, mut given_up) = (0, 0);
    for (seed, here) in seeds.iter().zip(here) {
        let mut instance = seed.to_string();
        // The engine gives up what it cannot write down: a file that others keep locked. That is nobody's result.
        while let OrchestrationStatus::Failed { details: ErrorDetails::Infrastructure { message, .. }, .. } =
            place.status(&instance).await
        {
            given_up += 1;
            println!("{instance}: {message}");
            assert!(kind == Kind::Sqlite && given_up < 20, "the store fails");
            instance.push('+');
            place.client.start_orchestration(&instance, "random", seed.to_string()).await.expect("it is written down");
            wait_until("it has ended", async || place.outcome(&instance).await.is_some()).await;
        }
        let there = place.outcome(&instance).await.expect("it has ended");
        failed += usize::from(there.is_err());
        if there != here {
            different.push(format!("{seed}: {:?}\n  there: {there:?}\n  here:  {here:?}", shape(*seed)));
        }
    }
    assert!(different.is_empty(), "{} are not the same:\n{}", different.len(), different.join("\n"));
    let starts = place.starts();
    for (finished, starts_then) in &finished_at_kills {
        for activity in finished {
            assert_eq!(starts.get(activity), starts_then.get(activity), "{activity:?} was finished and started again");
        }
    }
    let finished: Vec<usize> = finished_at_kills.iter().map(|(finished, _)| finished.len()).collect();
    let distinct: HashSet<u64> = seeds.iter().copied().collect();
    println!(
        "{} groups, of which {failed} end with an error; {} activities; finished at the kills: {finished:?}; \
         {given_up} given up by the store",
        distinct.len(),
        starts.len()
    );
}

#[test]
fn sqlite() {
    agree(Kind::Sqlite);
}

#[cfg(feature = "postgres")]
#[test]
fn postgres() {
    agree(Kind::Postgres);
}
