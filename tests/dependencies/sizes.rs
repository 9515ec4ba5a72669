//! What a group takes besides its members.

use std::mem::size_of_val;

use gather::gather;

use crate::support::value;

const BIG: usize = 10_000;

/// As large as it looks.
async fn big(n: u8) -> u8 {
    let held = [n; BIG];
    value(()).await;
    held[BIG - 1]
}

fn size(group: &impl Future) -> usize {
    size_of_val(group)
}

/// What members of `bytes` take in the group itself. `.ci/run` runs these tests with members in place, too.
fn in_place(bytes: usize) -> usize {
    if gather::__private::ON_THE_HEAP { 0 } else { bytes }
}

/// A member that is there from the start is kept as it was written and then in the group, as an argument of an async fn is.
#[test]
fn members_are_kept_at_most_twice() {
    let one = size(&big(1));
    assert!((BIG..BIG + 100).contains(&one));
    let independent = size(&gather! { a => big(1), b => big(2), c => big(3) });
    let own = in_place(3 * one);
    assert!((own..own + 200).contains(&independent), "{independent}");
    let first = size(&gather! { a => big(1), b => |a| value(*a) });
    assert!((in_place(one)..in_place(2 * one) + 1000).contains(&first), "{first}");
}

#[test]
fn dependants_are_kept_once() {
    let one = size(&big(1));
    let last = size(&gather! { a => value(1), b => |a| big(*a), c => async |a| big(*a).await, d => |c| big(*c) });
    let own = in_place(3 * one);
    assert!((own..own + 1000).contains(&last), "{last} {one}");
}

/// The size of a graph grows with its members.
#[test]
fn a_long_chain_is_not_larger_than_its_members() {
    let one = size(&big(1));
    let chain = size(&gather! {
        a => value(1),
        b => |a| big(*a),
        c => |b| big(*b),
        d => |c| big(*c),
        e => |d| big(*d),
        f => |e| big(*e),
        g => |f| big(*f),
        h => |g| big(*g),
        i => |h| big(*h),
    });
    let own = in_place(8 * one);
    assert!((own..own + 2000).contains(&chain), "{chain}");
}
