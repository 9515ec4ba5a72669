//! Groups whose members are tasks: `gather! { ..; spawn }`, which is what `asyncio.gather` itself is.
//!
//! A group that is awaited by value owns its members: the first error ends the siblings. One that is only observed, through
//! `wait()` or callbacks, lets them run on, as asyncio does. Rows that speak of both have a test for each, with the endings
//! `_owned` and `_observed`.
//!
//! Rows without a counterpart: H08 (a callback cannot be taken back), H13 (members have no callbacks of their own: the last act
//! of its future is a member's), K25 (a cancellation carries no message).

mod awaiters;
mod cancellation;
mod failures;
mod handle;
mod neighbours;
mod nested;
mod results;
mod return_exceptions;

use gather::{Exception, Group};

use crate::support::Log;

/// The group as a whole was cancelled.
fn got_cancelled<T>(log: &Log, outcome: Result<T, Exception>) {
    let exception = outcome.err().unwrap();
    assert!(exception.is_cancelled() && exception.member.is_none(), "{exception}");
    log.record("main", "got Cancelled");
}

/// A member was cancelled, and the group failed with that.
fn got_member_cancelled<T>(log: &Log, outcome: Result<T, Exception>, member: &str) {
    let exception = outcome.err().unwrap();
    assert_eq!(exception.to_string(), format!("member `{member}` was cancelled"));
    log.record("main", "got Cancelled");
}

fn cancel<T, X>(log: &Log, group: &Group<T, X>) {
    log.record("cancel", format_args!("-> {}", group.cancel()));
}
