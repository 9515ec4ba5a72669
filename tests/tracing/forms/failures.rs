//! Lists and members that fail or panic, whatever the policy makes of it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use futures::FutureExt as _;
use gather::gather;

use super::alike::{bad, good, panics};
use super::spans;

#[test]
fn of_a_list_with_names() {
    let lines = spans(async {
        gather! { p => *[bad(1), good(0,2), good(9, 1)]?, q => good(0,1)?; name_errors }.await.map(|_| ())
    });
    assert_eq!(
        lines,
        [
            "group of 2, name_errors",
            "group > p[0], 2 polls: error",
            "group > p[1], 1 polls: ok",
            "group > p[2], 2 polls: dropped",
            "group > q, 1 polls: ok"
        ]
    );
    let lines = spans(async {
        let mut p = gather!(*[bad(1), good(0,2), good(9, 1)]?; name_errors, as_completed);
        while p.next().await.is_some() {}
    });
    assert_eq!(
        lines,
        [
            "group of 1, name_errors",
            "group > #0, 3 polls: error",
            "group > #1, 1 polls: ok",
            "group > #2, 3 polls: dropped"
        ]
    );
}

#[test]
fn of_a_list_that_goes_on() {
    let lines = spans(async { gather!(*[bad(1), good(0,2), panics(3), good(9, 1)]?; all_errors).await.map(|_| ()) });
    assert_eq!(
        lines,
        [
            "group of 1, all_errors",
            "group > #0, 2 polls: error",
            "group > #1, 1 polls: ok",
            "group > #2, 3 polls: panicked",
            "group > #3, 4 polls: ok"
        ]
    );
    let lines = spans(async {
        gather!(*[bad(1), good(0,2), panics(3), good(9, 1)]; return_exceptions, timeout = Duration::from_millis(5))
            .await
            .len()
    });
    assert_eq!(
        lines,
        [
            "group of 1, return_exceptions",
            "group > #0, 2 polls: error",
            "group > #1, 1 polls: ok",
            "group > #2, 3 polls: panicked",
            "group > #3, 4 polls: timed_out"
        ]
    );
    let lines = spans(async { gather!(*[good(0,2), good(9, 1)]; return_exceptions, until = good(3, 0)).await.len() });
    assert_eq!(lines, ["group of 1, return_exceptions", "group > #0, 1 polls: ok", "group > #1, 2 polls: cancelled"]);
}

#[test]
fn of_more_members_than_eight() {
    let lines = spans(async {
        gather!(good(0,1), good(0,1), good(0,1), good(0,1), good(1,1), good(0,1), good(0,1), good(0,1), bad(1)?, good(9,1); name_errors).await.map(|_| ())
    });
    assert_eq!(
        lines,
        [
            "group of 10, name_errors",
            "group > #0, 1 polls: ok",
            "group > #1, 1 polls: ok",
            "group > #2, 1 polls: ok",
            "group > #3, 1 polls: ok",
            "group > #4, 2 polls: ok",
            "group > #5, 1 polls: ok",
            "group > #6, 1 polls: ok",
            "group > #7, 1 polls: ok",
            "group > #8, 2 polls: error",
            "group > #9, 1 polls: dropped"
        ]
    );
}

#[test]
fn converted() {
    let lines = spans(async { gather! { a => bad(0)?, b => good(1, 1)?; error = String }.await.map(|_| ()) });
    assert_eq!(lines, ["group of 2, none", "group > a, 1 polls: error", "group > b, 1 polls: dropped"]);
}

#[test]
fn of_a_list_that_was_waited_for() {
    let lines = spans(async { gather! { a => good(0, 1)?, c => *|a| [bad(1), good(9, *a)]? }.await.map(|_| ()) });
    assert_eq!(
        lines,
        [
            "group of 2, none",
            "group > a, 1 polls: ok",
            "group > c[0] after a, waited, 2 polls: error",
            "group > c[1] after a, waited, 2 polls: dropped"
        ]
    );
    let lines = spans(async {
        gather! { a => good(0, 1), c => *|a| [bad(1), good(9, *a), panics(0)]; return_exceptions }.await.c.len()
    });
    assert_eq!(
        lines,
        [
            "group of 2, return_exceptions",
            "group > a, 1 polls: ok",
            "group > c[0] after a, waited, 2 polls: error",
            "group > c[1] after a, waited, 3 polls: ok",
            "group > c[2] after a, waited, 1 polls: panicked"
        ]
    );
}

#[test]
fn panics_that_nobody_catches() {
    let lines = spans(async {
        let mut g = Box::pin(async { gather!(*[good(9, 1), panics(0), good(0, 1)]).await });
        assert!(catch_unwind(AssertUnwindSafe(|| (&mut g).now_or_never())).is_err())
    });
    assert_eq!(
        lines,
        [
            "group of 1, none",
            "group > #0, 1 polls: dropped",
            "group > #1, 1 polls: panicked",
            "group > #2, 0 polls: dropped"
        ]
    );
    let lines = spans(async {
        let mut g = Box::pin(async { gather!(*[good(9, 1), panics(0), good(0, 1)]; limit = 2).await });
        assert!(catch_unwind(AssertUnwindSafe(|| (&mut g).now_or_never())).is_err())
    });
    assert_eq!(
        lines,
        ["group of 1, none", "group > #0, waited, 1 polls: dropped", "group > #1, waited, 1 polls: panicked"]
    );
    let lines = spans(async {
        let mut p = gather!(*[good(3, 1), panics(1), good(9, 3)]; as_completed);
        let _ = AssertUnwindSafe(async { while p.next().await.is_some() {} }).catch_unwind().await;
    });
    assert_eq!(
        lines,
        [
            "group of 1, none",
            "group > #0, 2 polls: dropped",
            "group > #1, 2 polls: panicked",
            "group > #2, 1 polls: dropped"
        ]
    );
}

#[test]
fn panics_of_an_iterator_that_nobody_catches() {
    let lines = spans(async {
        let mut g = Box::pin(async {
            gather!(*(0..3).map(|i| if i == 1 { panic!("planned") } else { good(0, i) }); limit = 2).await
        });
        assert!(catch_unwind(AssertUnwindSafe(|| (&mut g).now_or_never())).is_err())
    });
    assert_eq!(lines, ["group of 1, none", "group > #0, waited, 1 polls: ok", "group > #1, waited, 0 polls: panicked"]);
    let lines = spans(async {
        let g = AssertUnwindSafe(async {
            gather!(*(0..3u8).map(|i| if i == 1 { panic!("planned") } else { good(1, i) }); limit = 1).await
        });
        assert!(g.catch_unwind().await.is_err())
    });
    assert_eq!(lines, ["group of 1, none", "group > #0, waited, 2 polls: ok", "group > #1, waited, 0 polls: panicked"]);
    let lines = spans(async {
        let g = AssertUnwindSafe(async {
            gather!(good(5, 1), *(0..3u8).map(|i| if i == 1 { panic!("planned") } else { good(1, i) }); limit = 2).await
        });
        assert!(g.catch_unwind().await.is_err())
    });
    assert_eq!(
        lines,
        [
            "group of 2, none",
            "group > #0, waited, 2 polls: dropped",
            "group > #1[0], waited, 2 polls: ok",
            "group > #1[1], waited, 0 polls: panicked"
        ]
    );
    let lines = spans(async {
        let mut p =
            gather!(*(0..3u8).map(|i| if i == 1 { panic!("planned") } else { good(1, i) }); limit = 1, as_completed);
        let g = AssertUnwindSafe(async { while p.next().await.is_some() {} });
        assert!(g.catch_unwind().await.is_err())
    });
    assert_eq!(lines, ["group of 1, none", "group > #0, waited, 2 polls: ok", "group > #1, waited, 0 polls: panicked"]);
}

#[test]
fn panics_of_what_makes_a_dependant() {
    let lines = spans(async {
        gather! { a => good(0, 1), b => |a| if *a > 0 { panic!("planned") } else { good(0, 1) }; return_exceptions }
            .await
            .a
            .is_ok()
    });
    assert_eq!(
        lines,
        ["group of 2, return_exceptions", "group > a, 1 polls: ok", "group > b after a, waited, 1 polls: panicked"]
    );
    let lines = spans(async {
        let g = AssertUnwindSafe(async {
            gather! { a => good(0, 1), b => |a| if Result::is_ok(a) { panic!("planned") } else { good(0, 1) }, c => good(9, 1) }.await.c
        });
        let _ = g.catch_unwind().await;
    });
    assert_eq!(
        lines,
        [
            "group of 3, none",
            "group > a, 1 polls: ok",
            "group > c, 1 polls: dropped",
            "group > b after a, waited, 1 polls: panicked"
        ]
    );
    let lines = spans(async {
        let g = AssertUnwindSafe(async {
            gather! { a => good(0, 1), b => *|a| if Result::is_ok(a) { panic!("planned") } else { [good(0, 1)] }, c => good(9, 1) }.await.c
        });
        let _ = g.catch_unwind().await;
    });
    assert_eq!(
        lines,
        [
            "group of 3, none",
            "group > a, 1 polls: ok",
            "group > c, 1 polls: dropped",
            "group > b after a, waited, 0 polls: panicked"
        ]
    );
}

#[test]
fn in_tasks() {
    let lines = spans(async { gather! { a => panics(1), b => good(9, 1); spawn }.await.map(|_| ()) });
    assert_eq!(lines, ["group of 2, none", "a, 2 polls: panicked", "b, 1 polls: dropped"]);
    let lines = spans(async { gather!(*[bad(0), panics(1), good(2, 1)]; spawn, return_exceptions).await.map(|_| ()) });
    assert_eq!(
        lines,
        ["group of 1, return_exceptions", "#0, 1 polls: error", "#1, 2 polls: panicked", "#2, 2 polls: ok"]
    );
    let lines = spans(async { gather!(*[bad(0), panics(1), good(2, 1)]?; spawn, all_errors).await.map(|_| ()) });
    assert_eq!(lines, ["group of 1, all_errors", "#0, 1 polls: error", "#1, 2 polls: panicked", "#2, 2 polls: ok"]);
    let lines = spans(async {
        gather! { a => bad(1)?, b => good(1, 1)?, c => good(0, 1); spawn, limit = 1 }.await.map(|_| ())
    });
    assert_eq!(
        lines,
        ["group of 3, none", "a, waited, 2 polls: error", "b, waited, 0 polls: dropped", "c, waited, 0 polls: dropped"]
    );
    let lines = spans(async { gather!(*[bad(1), good(1, 1), good(1, 2)]?; spawn, limit = 1).await.map(|_| ()) });
    assert_eq!(lines, ["group of 1, none", "#0, waited, 2 polls: error"]);
}

#[test]
fn panics_of_what_makes_a_dependant_s_task() {
    let lines = spans(async {
        gather! { a => good(0, 1)?, b => |a| if *a > 0 { panic!("planned") } else { good(0, 1) }?; spawn }
            .await
            .map(|_| ())
    });
    assert_eq!(lines, ["group of 2, none", "a, 1 polls: ok", "b after a, waited, 1 polls: panicked"]);
    let lines = spans(async {
        gather! { a => good(0, 1)?, b => *|a| if *a > 0 { panic!("planned") } else { [good(0, 1)] }?; spawn, return_exceptions }.await.map(|_| ())
    });
    assert_eq!(lines, ["group of 2, return_exceptions", "a, 1 polls: ok", "b after a, waited, 0 polls: panicked"]);
    let lines = spans(async {
        gather!(*(0..3).map(|i| if i == 1 { panic!("planned") } else { good(0, i) }); spawn, limit = 1, return_exceptions).await.map(|_| ())
    });
    assert_eq!(lines, ["group of 1, return_exceptions", "#0, waited, 1 polls: ok", "#1, waited, 0 polls: panicked"]);
}
