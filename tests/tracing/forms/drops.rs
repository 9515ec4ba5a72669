//! Groups that are dropped before they end.

use gather::gather;

use super::{good, spans};

#[test]
fn members_of_a_group_that_is_dropped() {
    let lines = spans(async {
        let group =
            gather! { a => good(9, 1), b => |a| good(0, a.clone()), all => *[good(0, 1), good(9, 2)], c => good(0, 3) };
        assert!(futures::FutureExt::now_or_never(group).is_none());
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
