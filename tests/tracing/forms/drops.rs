//! Groups that are dropped before they end.

use std::time::Duration;

use futures::FutureExt as _;
use gather::gather;

use super::{alike, good, spans};

#[test]
fn members_of_a_group_that_is_dropped() {
    let lines = spans(async {
        let group =
            gather! { a => good(9, 1), b => |a| good(0, a.clone()), all => *[good(0, 1), good(9, 2)], c => good(0, 3) };
        assert!(group.now_or_never().is_none());
    });
    assert_eq!(
        lines,
        [
            "group of 4, none",
            "group > a, 1 polls: dropped",
            "group > all[0], 1 polls: ok",
            "group > all[1], 1 polls: dropped",
            "group > c, 1 polls: ok",
            "group > b after a, waited, 0 polls: dropped",
        ]
    );
}

#[test]
fn a_group_that_never_ran_says_nothing() {
    assert!(spans(async { drop(gather!(good(0, 1), good(0, 2))) }).is_empty());
}

#[test]
fn lists_that_are_dropped() {
    let lines = spans(async {
        let g = gather!(*(0..3u8).map(|i| alike::good(u64::from(i) * 3, i)));
        assert!(g.now_or_never().is_none())
    });
    assert_eq!(
        lines,
        ["group of 1, none", "group > #0, 1 polls: ok", "group > #1, 1 polls: dropped", "group > #2, 1 polls: dropped"]
    );
    let lines = spans(async {
        let g = gather!(*(0..4u8).map(|i| alike::good(u64::from(i) * 3, i)); limit = 2);
        assert!(g.now_or_never().is_none())
    });
    assert_eq!(
        lines,
        [
            "group of 1, none",
            "group > #0, waited, 1 polls: ok",
            "group > #1, waited, 1 polls: dropped",
            "group > #2, waited, 1 polls: dropped"
        ]
    );
    let lines = spans(async {
        let g = gather! { a => alike::good(5, 1), b => alike::good(0, 2), c => alike::good(5, 3); limit = 1 };
        assert!(g.now_or_never().is_none())
    });
    assert_eq!(
        lines,
        [
            "group of 3, none",
            "group > a, waited, 1 polls: dropped",
            "group > b, waited, 0 polls: dropped",
            "group > c, waited, 0 polls: dropped"
        ]
    );
    let lines = spans(async {
        let g = gather! { a => alike::good(9, 1), b => alike::good(0, 2); poll_all };
        assert!(g.now_or_never().is_none())
    });
    assert_eq!(lines, ["group of 2, none", "group > a, 1 polls: dropped", "group > b, 1 polls: ok"]);
}

#[test]
fn a_list_that_waits_or_runs_is_dropped() {
    let lines = spans(async {
        let g = gather! { a => alike::good(9, 1), c => *|a| [alike::good(1, a.clone().unwrap())] };
        assert!(g.now_or_never().is_none())
    });
    assert_eq!(
        lines,
        ["group of 2, none", "group > a, 1 polls: dropped", "group > c after a, waited, 0 polls: dropped"]
    );
    let lines = spans(async {
        let g = gather! { a => alike::good(0, 1), c => *|a| [alike::good(0, a.clone().unwrap()), alike::good(9, a.clone().unwrap())] };
        assert!(g.now_or_never().is_none())
    });
    assert_eq!(
        lines,
        [
            "group of 2, none",
            "group > a, 1 polls: ok",
            "group > c[0] after a, waited, 1 polls: ok",
            "group > c[1] after a, waited, 1 polls: dropped"
        ]
    );
}

#[test]
fn lists_that_never_ran_say_nothing() {
    assert!(spans(async { drop(gather!(*(0..4u8).map(|i| alike::good(u64::from(i) * 3, i)); limit = 2)) }).is_empty());
    assert!(
        spans(async { drop(gather!(*(0..4u8).map(|i| alike::good(u64::from(i) * 3, i)); as_completed)) }).is_empty()
    );
}

#[test]
fn a_spawned_group_that_is_dropped_runs_on_and_one_that_is_awaited_does_not() {
    let lines = spans(async {
        let g = gather! { a => alike::good(2, 1), b => |a| alike::good(0, a.clone().unwrap()); spawn };
        drop(g);
        tokio::time::sleep(Duration::from_millis(20)).await
    });
    assert_eq!(lines, ["group of 2, none", "a, 2 polls: ok", "b after a, waited, 1 polls: ok"]);
    let lines = spans(async {
        let g = gather! { a => alike::good(9, 1), b => |a| alike::good(0, a.clone().unwrap()); spawn }.into_future();
        drop(g);
        tokio::time::sleep(Duration::from_millis(20)).await
    });
    assert_eq!(lines, ["group of 2, none", "a, 0 polls: cancelled", "b after a, waited, 0 polls: cancelled"]);
}
