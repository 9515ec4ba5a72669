//! Tasks and spawned groups as items with keys: what happens to an item is said of its key, and what happened in a spawned group of
//! that group's own member.

use std::fmt;
use std::future::pending;
use std::time::Duration;

use gather::{Exception, Group, gather};
use tokio::task::JoinHandle;

type Inner = Group<(u8,), Exception<&'static str>>;

const LONG: Duration = Duration::from_secs(1);

fn inner(how: &'static str) -> Inner {
    let member = async move {
        match how {
            "ok" => Ok(1),
            "err" => Err("broken"),
            "panic" => panic!("oh"),
            _ => pending().await,
        }
    };
    let group = gather!(member?; spawn);
    if how == "cancelled" {
        group.cancel();
    }
    group
}

fn groups<const N: usize>(how: [&'static str; N]) -> impl Iterator<Item = (&'static str, Inner)> + Send {
    how.into_iter().map(|how| (how, inner(how)))
}

fn texts<T, E: fmt::Display>(fields: Vec<(&'static str, Result<T, Exception<E>>)>) -> Vec<String> {
    fields
        .into_iter()
        .map(|(key, field)| format!("{key}: {}", field.err().map(|e| e.to_string()).unwrap_or_default()))
        .collect()
}

#[tokio::test(start_paused = true)]
async fn groups_that_a_deadline_ends() {
    const HOW: [&str; 5] = ["ok", "err", "slow", "panic", "cancelled"];
    const ENDED: [&str; 5] = [
        "ok: ",
        "err: member `#0` failed: broken",
        "slow: member `[\"slow\"]` timed out",
        "panic: member `#0` panicked: oh",
        "cancelled: the group was cancelled",
    ];
    assert_eq!(texts(gather!(*groups(HOW)?; return_exceptions, timeout = LONG).await), ENDED);
    assert_eq!(texts(gather!(*groups(HOW)?; return_exceptions, timeout = LONG, limit = 5).await), ENDED);
    assert_eq!(texts(gather!(*groups(HOW)?; spawn, return_exceptions, timeout = LONG).await.unwrap()), ENDED);
    let limited = gather!(*groups(HOW)?; spawn, return_exceptions, timeout = LONG, limit = 5);
    assert_eq!(texts(limited.await.unwrap()), ENDED);
    let r = gather! { x => *groups(["slow", "err"])?; spawn, return_exceptions, until = tokio::time::sleep(LONG) };
    assert_eq!(
        texts(r.await.unwrap().x),
        ["slow: member `x[\"slow\"]` was cancelled", "err: member `#0` failed: broken"]
    );
}

#[tokio::test(start_paused = true)]
async fn the_first_failure_of_a_spawned_group_is_handed_on() {
    let exception = gather! { x => *groups(["ok", "err"])?; spawn }.await.map(|r| r.x.len()).unwrap_err();
    assert_eq!(exception.to_string(), "member `#0` failed: broken");
}

/// An error whose conversion panics.
#[derive(Debug)]
struct Converted;
impl fmt::Display for Converted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("converted")
    }
}
impl std::error::Error for Converted {}
impl From<&'static str> for Converted {
    fn from(_: &'static str) -> Self {
        panic!("conversion")
    }
}

#[tokio::test]
async fn a_conversion_that_panics_is_the_items() {
    let expected = ["err: member `x[\"err\"]` panicked: conversion"];
    let group = gather! { x => *groups(["err"])?; return_exceptions, error = Converted };
    assert_eq!(texts(group.await.x), expected);
    let group = gather! { x => *groups(["err"])?; spawn, return_exceptions, error = Converted };
    assert_eq!(texts(group.await.unwrap().x), expected);
}

#[tokio::test(start_paused = true)]
async fn tasks() {
    fn tasks() -> impl Iterator<Item = (&'static str, JoinHandle<u8>)> + Send {
        ["ok", "slow", "panic", "cancelled"].into_iter().map(|how| {
            let task = tokio::spawn(async move {
                match how {
                    "ok" => 1,
                    "panic" => panic!("oh"),
                    _ => pending().await,
                }
            });
            if how == "cancelled" {
                task.abort();
            }
            (how, task)
        })
    }
    const ENDED: [&str; 4] = [
        "ok: ",
        "slow: member `[\"slow\"]` timed out",
        "panic: member `[\"panic\"]` panicked: oh",
        "cancelled: member `[\"cancelled\"]` was cancelled",
    ];
    assert_eq!(texts(gather!(*tasks(); return_exceptions, timeout = LONG).await), ENDED);
    assert_eq!(texts(gather!(*tasks(); spawn, return_exceptions, timeout = LONG).await.unwrap()), ENDED);
    assert_eq!(texts(gather!(*tasks(); spawn, return_exceptions, timeout = LONG, limit = 4).await.unwrap()), ENDED);
}
