//! Single members, in every policy.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use gather::gather;

use super::{bad, good, panics, record, spans};

#[test]
fn members_of_a_record_have_their_names() {
    let lines = spans(async {
        gather! { user => good(0, 1), orders => good(5, 2), _ => good(0, 3), _trace => good(0, 4) }.await
    });
    assert_eq!(
        lines,
        [
            "group of 4, none",
            "group > user, 1 polls: ok",
            "group > orders, 2 polls: ok",
            "group > _, 1 polls: ok",
            "group > trace, 1 polls: ok",
        ]
    );
}

#[test]
fn members_of_a_tuple_have_numbers() {
    let lines = spans(async { gather!(good(0, 1), bad(0)).await });
    assert_eq!(lines, ["group of 2, none", "group > #0, 1 polls: ok", "group > #1, 1 polls: ok"]);
}

#[test]
fn members_of_a_struct_have_its_fields() {
    struct Page {
        user: u8,
        ads: u8,
    }
    let (lines, page) = record(async { gather!(Page { user: good(0, 1)?, ads: good(0, 2)? }).await });
    let page = page.unwrap();
    assert_eq!((page.user, page.ads), (1, 2));
    assert_eq!(lines, ["group of 2, none", "group > user, 1 polls: ok", "group > ads, 1 polls: ok"]);
}

#[test]
fn an_error_ends_the_others() {
    let lines = spans(async {
        gather! { a => good(9, 1)?, b => bad(5)?, c => good(0, 1)?, d => good(9, 1) }.await.map(|_| ())
    });
    assert_eq!(
        lines,
        [
            "group of 4, none",
            "group > a, 2 polls: dropped",
            "group > b, 2 polls: error",
            "group > c, 1 polls: ok",
            "group > d, 2 polls: dropped",
        ]
    );
}

#[test]
fn name_errors_is_a_policy() {
    let lines = spans(async { gather! { a => bad(0)?, b => good(9, 1)?; name_errors }.await.map(|_| ()) });
    assert_eq!(lines, ["group of 2, name_errors", "group > a, 1 polls: error", "group > b, 1 polls: dropped"]);
}

#[test]
fn all_errors_waits_for_all() {
    let lines =
        spans(async { gather! { a => bad(0)?, b => panics(3)?, c => good(5, 1)?; all_errors }.await.map(|_| ()) });
    assert_eq!(
        lines,
        [
            "group of 3, all_errors",
            "group > a, 1 polls: error",
            "group > b, 2 polls: panicked",
            "group > c, 3 polls: ok",
        ]
    );
}

#[test]
fn return_exceptions_keeps_what_went_wrong() {
    let lines = spans(async {
        gather! { a => bad(0), b => panics(0), c => async { 5 }, d => good(0, 1)?; return_exceptions }.await.d.is_ok()
    });
    assert_eq!(
        lines,
        [
            "group of 4, return_exceptions",
            "group > a, 1 polls: error",
            "group > b, 1 polls: panicked",
            "group > c, 1 polls: ok",
            "group > d, 1 polls: ok",
        ]
    );
}

#[test]
fn a_panic_that_nobody_catches_is_the_member_s() {
    let lines = spans(async {
        let mut group = Box::pin(async { gather! { a => good(9, 1), b => panics(0), c => good(0, 1) }.await.a });
        let polled = catch_unwind(AssertUnwindSafe(|| futures::FutureExt::now_or_never(&mut group)));
        assert!(polled.is_err());
    });
    assert_eq!(
        lines,
        [
            "group of 3, none",
            "group > a, 1 polls: dropped",
            "group > b, 1 polls: panicked",
            "group > c, 0 polls: dropped",
        ]
    );
}

#[test]
fn a_deadline_ends_members() {
    let lines = spans(async {
        gather! { a => good(5, 1), b => good(50, 1); return_exceptions, timeout = Duration::from_millis(20) }
            .await
            .b
            .is_ok()
    });
    assert_eq!(lines, ["group of 2, return_exceptions", "group > a, 2 polls: ok", "group > b, 3 polls: timed_out"]);
    let lines = spans(async { gather! { a => good(50, 1); return_exceptions, until = good(20, ()) }.await.a.is_ok() });
    assert_eq!(lines, ["group of 1, return_exceptions", "group > a, 2 polls: cancelled"]);
}

#[test]
fn a_place_of_the_limit_is_waited_for() {
    let lines = spans(async {
        gather! { a => good(5, 1), b => good(5, 1), c => good(0, 1)?, d => good(0, 1); limit = 2 }.await.map(|_| ())
    });
    assert_eq!(
        lines,
        [
            "group of 4, none",
            "group > a, waited, 2 polls: ok",
            "group > b, waited, 2 polls: ok",
            "group > c, waited, 1 polls: ok",
            "group > d, waited, 1 polls: ok",
        ]
    );
}

#[test]
fn more_members_than_one_word_has_bits() {
    macro_rules! many {
        ($($name:ident)*) => { spans(async { gather! { $($name => good(0, 1)?),* }.await.map(|r| { $(let _ = r.$name;)* }) }) };
    }
    let lines = many!(
        a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 b0 b1 b2 b3 b4 b5 b6 b7 b8 b9 c0 c1 c2 c3 c4 c5 c6 c7 c8 c9 d0 d1 d2 d3 d4 d5 d6 d7 d8 d9
        e0 e1 e2 e3 e4 e5 e6 e7 e8 e9 f0 f1 f2 f3 f4 f5 f6 f7 f8 f9 g0 g1 g2 g3 g4 g5 g6 g7 g8 g9
    );
    assert_eq!(lines.len(), 71);
    assert_eq!((lines[0].as_str(), lines[70].as_str()), ("group of 70, none", "group > g9, 1 polls: ok"));
}

#[test]
fn a_group_in_a_group_is_in_its_member() {
    let lines = spans(async {
        gather! { both => async { gather!(good(0, 1), good(0, 2)).await }, c => good(0, 3) }.await.both
    });
    assert_eq!(
        lines,
        [
            "group of 2, none",
            "group > both, 1 polls: ok",
            "both > group of 2, none",
            "group > #0, 1 polls: ok",
            "group > #1, 1 polls: ok",
            "group > c, 1 polls: ok",
        ]
    );
}

#[test]
fn poll_all_says_how_often() {
    let lines = spans(async { gather!(good(5, 1), *[good(0, 1), good(9, 2)]; poll_all).await });
    assert_eq!(
        lines,
        ["group of 2, none", "group > #0, 2 polls: ok", "group > #1[0], 1 polls: ok", "group > #1[1], 3 polls: ok",]
    );
}
