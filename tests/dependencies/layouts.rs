//! Dependencies in records, in the user's structs, and among members whose result is dropped.

use std::future::ready;

use futures::executor::block_on;
use gather::gather;

use crate::support::{Live, Wrong, bad, good, value};
use crate::times::Times;

#[derive(Debug, Default, PartialEq, Clone, Copy)]
struct Sizes {
    a: u8,
    b: u8,
    rest: u8,
}

#[derive(Default)]
struct Owned {
    a: String,
    b: usize,
    rest: String,
}

#[test]
fn in_a_struct() {
    let all = block_on(gather!(Sizes { rest: |a, b| ready(a + b), b: |a| ready(a + 1), a: value(1) }));
    assert_eq!(all, Sizes { a: 1, b: 2, rest: 3 });
}

#[test]
fn with_a_base() {
    let base = Sizes { a: 7, b: 8, rest: 9 };
    let all = block_on(gather!(Sizes { b: |a| ready(a + 1), a: value(1), ..base }));
    assert_eq!((all, base.b), (Sizes { a: 1, b: 2, rest: 9 }, 8), "a base that is `Copy` stays there");
    let all = block_on(gather!(Sizes { b: |a| ready(a + 1), a: value(1), ..Sizes::default() }));
    assert_eq!(all, Sizes { a: 1, b: 2, rest: 0 });

    let base = Owned { rest: "rest".to_owned(), ..Owned::default() };
    let all = block_on(gather!(Owned { b: |a| ready(a.len()), a: good("abc".to_owned())?, ..base })).unwrap();
    assert_eq!((all.a.as_str(), all.b, all.rest.as_str()), ("abc", 3, "rest"));
}

#[test]
fn a_base_is_evaluated_where_the_group_is_made() {
    let live = Live::new();
    let make = || {
        drop(live.token());
        Sizes::default()
    };
    let group = gather!(Sizes { b: |a| ready(a + 1), a: value(1), ..make() });
    assert_eq!(live.made(), 1);
    assert_eq!(block_on(group), Sizes { a: 1, b: 2, rest: 0 });
}

#[test]
fn generic_structs_and_variants() {
    struct Both<A, B> {
        a: A,
        b: B,
    }
    enum Shape {
        Named { a: u8, b: String },
    }
    let both = block_on(gather!(Both { a: value(1), b: |a| ready(a.to_string()) }));
    assert_eq!((both.a, both.b.as_str()), (1, "1"));
    let Shape::Named { a, b } = block_on(gather!(Shape::Named { b: |a| ready(a.to_string()), a: value(2) }));
    assert_eq!((a, b.as_str()), (2, "2"));
}

#[test]
fn under_return_exceptions() {
    struct Kept {
        a: Result<u8, gather::Exception<Wrong>>,
        b: Result<u8, gather::Exception>,
    }
    let kept = block_on(gather!(Kept { b: |a| ready(a + 1), a: bad(1) }; return_exceptions));
    assert_eq!(kept.a.unwrap_err().to_string(), "member `a` failed: wrong by 1");
    assert!(kept.b.unwrap_err().is_skipped());
}

#[tokio::test(start_paused = true)]
async fn dependants_whose_result_is_dropped() {
    let t = Times::new();
    let r = gather! {
        _ => |a| t.run("x", 5, *a),
        a => t.run("a", 10, 1),
        _ => |a, b| t.run("y", 5, a + b),
        b => |a| t.run("b", 10, *a),
        _ => *|b| (0..*b).map(|_| t.run("z", 5, ())),
    }
    .await;
    assert_eq!((r.a, r.b), (1, 1));
    assert_eq!(t.take(), "a 0-10, b 10-20, x 10-15, y 20-25, z 20-25");
}

#[test]
fn a_dropped_dependant_may_fail_the_group() {
    let r = block_on(gather! { _ => |a| bad(*a)?, a => good(3)?; name_errors });
    assert_eq!(r.map(|r| r.a).unwrap_err().to_string(), "member `_` failed: wrong by 3");
}

#[test]
fn a_record_of_dependants_is_debug_and_clone_where_its_fields_are() {
    let r = block_on(gather! { a => value(1), b => |a| ready(a + 1), list => *|b| [ready(*b)] });
    assert_eq!(format!("{:?}", r.clone()), "Gathered { a: 1, b: 2, list: [2] }");
    assert_eq!((r.a, r.b, r.list), (1, 2, vec![2]));
}

#[test]
fn any_delimiter_and_trailing_commas() {
    let r = block_on(gather!(a => value(1), b => |a,| ready(a + 1),));
    assert_eq!((r.a, r.b), (1, 2));
    let r = block_on(gather![b => |a| ready(a + 1), a => value(1); limit = 1]);
    assert_eq!((r.a, r.b), (1, 2));
}

#[test]
fn names_that_the_expansion_could_use_itself() {
    let (value, output, policy, group, members) = (1, 2, 3, 4, 5);
    let r = block_on(gather! {
        v0 => ready(value),
        r0 => |v0| ready(v0 + output),
        one => |r0| ready(r0 + policy),
        m0 => |one| ready(one + group),
        limit => |m0| ready(m0 + members);
        limit = 1
    });
    assert_eq!((r.v0, r.r0, r.one, r.m0, r.limit), (1, 3, 6, 10, 15));
}
