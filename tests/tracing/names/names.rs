//! With `--cfg tokio_unstable` the task of a spawned member is called what the member is called: tokio says so in a span, which
//! tokio-console shows.
#![cfg(tokio_unstable)]
#![allow(dead_code, reason = "what tasks are called matters here, not what the groups give")]

#[path = "../recorder/mod.rs"]
#[allow(unused, reason = "what it says of gather's spans is looked at elsewhere")]
mod recorder;

use gather::gather;
use recorder::Recorder;
use tracing::level_filters::LevelFilter;
use tracing::subscriber::with_default;
use tracing_subscriber::layer::SubscriberExt as _;

/// The names of the tasks that are spawned while the future runs, and the names of the members' spans.
fn names<F: Future>(future: F) -> (Vec<Option<String>>, Vec<String>) {
    let (recorder, guard) = Recorder::install();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(future);
    drop(runtime);
    drop(guard);
    let seen = recorder.take();
    let tasks = seen.iter().filter(|span| span.name == "runtime.spawn" && span.field("kind") == Some("task"));
    let members = seen.iter().filter(|span| span.name == "member");
    (
        tasks.map(|span| span.field("task.name").map(str::to_owned)).collect(),
        members.map(|span| span.field("member").unwrap().to_owned()).collect(),
    )
}

async fn good<T>(value: T) -> Result<T, String> {
    tokio::task::yield_now().await;
    Ok(value)
}

fn check(found: (Vec<Option<String>>, Vec<String>), expected: &[&str]) {
    assert_eq!(found.0, expected.iter().map(|name| Some((*name).to_owned())).collect::<Vec<_>>());
    assert_eq!(found.1, expected);
}

#[test]
fn single_members_and_lists() {
    let group = async {
        gather! { user => good(1)?, pages => *(0..2).map(good)?, last => good(2)?; spawn }.await.unwrap();
    };
    check(names(group), &["user", "pages[0]", "pages[1]", "last"]);
    check(names(async { gather!(good(1)?, good(2)?; spawn).await.unwrap() }), &["#0", "#1"]);
}

#[test]
fn a_list_alone_and_its_keys() {
    check(names(async { gather!(*(0..2).map(good)?; spawn).await.unwrap() }), &["#0", "#1"]);
    let keyed = async { gather! { pages => *["a", "b"].map(|key| (key, good(key)))?; spawn }.await.unwrap() };
    check(names(async { drop(keyed.await) }), &["pages[\"a\"]", "pages[\"b\"]"]);
}

#[test]
fn members_that_wait_for_a_permit_or_for_others() {
    let limited = async { gather! { a => good(1)?, b => good(2)?, c => good(3)?; spawn, limit = 1 }.await.unwrap() };
    check(names(async { drop(limited.await) }), &["a", "b", "c"]);
    let dependant = async { gather! { b => |a| good(*a)?, a => good(1)?; spawn }.await.unwrap() };
    check(names(async { drop(dependant.await) }), &["a", "b"]);
}

#[test]
fn without_anybody_who_listens_to_tokio_there_are_no_names() {
    let recorder = Recorder::default();
    let subscriber = tracing_subscriber::registry().with(LevelFilter::DEBUG).with(recorder.clone());
    with_default(subscriber, || {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async { gather! { user => good(1)?; spawn }.await.unwrap() });
    });
    let seen: Vec<_> = recorder.take().into_iter().map(|span| span.name).collect();
    assert_eq!(seen, ["group", "member"]);
}
