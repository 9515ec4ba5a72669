//! Groups in a workflow of Temporal, replayed from histories by the SDK's own replayer. No server is needed.
//!
//! The core compares every command of the replayed workflow with the history: its kind, its id and its type. So a group that asks for
//! its activities in another order than before fails, as the histories with two events the wrong way round do.

mod forms;
mod histories;

use std::time::Duration;

use temporalio_sdk::workflow_replayer::{WorkflowReplayer, WorkflowReplayerOptions};

use forms::{Groups, result_of};
use histories::{Swapped, history};

/// What comes of a replay: the workflow's result, or what the SDK says against it.
async fn replay(form: &str, swapped: Swapped) -> Result<String, String> {
    let options = WorkflowReplayerOptions::new().register_workflow::<Groups>().map_err(|error| format!("{error:?}"))?;
    let replayer = WorkflowReplayer::new(options.build()).map_err(|error| format!("{error:?}"))?;
    // The bound is for what hangs.
    let replay = replayer.replay_workflow(history(form, swapped).into());
    match tokio::time::timeout(Duration::from_secs(60), replay).await {
        Err(_) => Err("it hangs".to_owned()),
        Ok(Err(error)) => Err(format!("{error:?}")),
        Ok(Ok(())) => Ok(result_of(form, swapped)),
    }
}

fn numbers(count: usize) -> String {
    (0..count).map(|i| i.to_string()).collect()
}

fn two_steps(count: usize) -> String {
    (0..count).map(|i| format!("{i}a{i}b")).collect()
}

fn expected(form: &str) -> String {
    match form.trim_start_matches("plain.") {
        "record" => "abc".to_owned(),
        "wide" => numbers(12),
        "list_of_40" | "join_all_beside_one" | "join_all_beside_eight" | "join_all_in_a_list" => numbers(40),
        "list_of_100" => numbers(100),
        "limit" => numbers(12),
        "blocks_of_3" => two_steps(3),
        "blocks_of_12" | "completions" => two_steps(12),
        "dependants" | "function" => "xyzw".to_owned(),
        _ => unreachable!("no form is called {form}"),
    }
}

macro_rules! right {
    ($($name:ident $form:literal)+) => { $(
        #[tokio::test]
        async fn $name() {
            assert_eq!(replay($form, Swapped::No).await, Ok(expected($form)));
        }
    )+ };
}

right! {
    record "record"
    more_than_eight_members "wide"
    list_of_40 "list_of_40"
    list_of_100 "list_of_100"
    limit "limit"
    blocks "blocks_of_3"
    blocks_in_a_list "blocks_of_12"
    dependants "dependants"
    completions "completions"
    function "function"
    its_own_join_all_beside_one "join_all_beside_one"
    its_own_join_all_beside_eight "join_all_beside_eight"
    its_own_join_all_in_a_list "join_all_in_a_list"
    // Each member is woken by the SDK alone, so that these need no `poll_all`.
    record_as_it_is "plain.record"
    more_than_eight_members_as_they_are "plain.wide"
    list_of_40_as_it_is "plain.list_of_40"
    list_of_100_as_it_is "plain.list_of_100"
    limit_as_it_is "plain.limit"
    blocks_as_they_are "plain.blocks_of_12"
    dependants_as_they_are "plain.dependants"
    // Their `join_all` of more than 30 wakes its task while it is polled, which the SDK stands if it hears of it at once.
    its_own_join_all_beside_one_as_it_is "plain.join_all_beside_one"
    its_own_join_all_beside_eight_as_it_is "plain.join_all_beside_eight"
    its_own_join_all_in_a_list_as_it_is "plain.join_all_in_a_list"
}

/// The tests above can fail: an order that is not the history's is noticed.
#[tokio::test]
async fn two_events_the_wrong_way_round() {
    for form in ["record", "list_of_40", "limit", "blocks_of_3", "dependants"] {
        let error = replay(form, Swapped::Yes).await.expect_err(form);
        assert!(error.contains("Nondeterminism") || error.contains("TMPRL1100"), "{form}: {error}");
    }
}

/// So is a wake that is not the SDK's own.
#[tokio::test]
async fn a_member_that_wakes_itself() {
    for form in ["yields", "plain.yields"] {
        let error = replay(form, Swapped::No).await.expect_err(form);
        assert!(error.contains("TMPRL1100"), "{form}: {error}");
    }
}
