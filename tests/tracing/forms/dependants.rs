//! Members that wait for others, or are skipped.

use std::time::Duration;

use gather::gather;

use super::{bad, good, panics, spans};

#[test]
fn a_dependant_says_what_it_waits_for() {
    let lines = spans(async {
        gather! {
            advice => async |user, orders| good(*user + *orders, 1).await?,
            user => good(1, 1)?,
            orders => good(2, 2)?,
            rest => |user| good(*user, ()),
        }
        .await
        .map(|_| ())
    });
    assert_eq!(
        lines,
        [
            "group of 4, none",
            "group > user, 2 polls: ok",
            "group > orders, 3 polls: ok",
            "group > rest after user, waited, 2 polls: ok",
            "group > advice after user, orders, waited, 2 polls: ok",
        ]
    );
}

#[test]
fn one_whose_dependency_fails_is_skipped() {
    let lines = spans(async {
        gather! { a => bad(0), b => |a| good(0, *a), c => |b| good(0, b.clone()), d => good(3, 1); return_exceptions }
            .await
            .d
            .is_ok()
    });
    assert_eq!(
        lines,
        [
            "group of 4, return_exceptions",
            "group > a, 1 polls: error",
            "group > d, 2 polls: ok",
            "group > b after a, waited, 0 polls: skipped",
            "group > c after b, waited, 0 polls: skipped",
        ]
        .map(str::to_owned)
        .into_iter()
        .collect::<Vec<_>>()
    );
}

#[test]
fn all_errors_lists_no_skipped_one_but_its_span_says_so() {
    let lines = spans(async { gather! { a => bad(0)?, b => |a| good(0, *a)?; all_errors }.await.map(|_| ()) });
    assert_eq!(
        lines,
        ["group of 2, all_errors", "group > a, 1 polls: error", "group > b after a, waited, 0 polls: skipped"]
    );
}

#[test]
fn one_that_an_error_finds_waiting_is_dropped() {
    let lines = spans(async { gather! { a => good(9, 1)?, b => |a| good(0, *a)?, c => bad(1)? }.await.map(|_| ()) });
    assert_eq!(
        lines,
        [
            "group of 3, none",
            "group > a, 2 polls: dropped",
            "group > c, 2 polls: error",
            "group > b after a, waited, 0 polls: dropped",
        ]
    );
}

#[test]
fn a_list_that_waits_becomes_its_items() {
    let lines =
        spans(async { gather! { n => good(1, 2), all => *|n| (0..n.clone().unwrap()).map(|i| good(0, i)) }.await.all });
    assert_eq!(
        lines,
        [
            "group of 2, none",
            "group > n, 2 polls: ok",
            "group > all[0] after n, waited, 1 polls: ok",
            "group > all[1] after n, waited, 1 polls: ok",
        ]
    );
    let lines = spans(async {
        gather! { n => good(1, 2)?, all => *|n| (0..*n).map(|i| good(0, i))?; limit = 1 }.await.map(|_| ())
    });
    assert_eq!(
        lines,
        [
            "group of 2, none",
            "group > n, waited, 2 polls: ok",
            "group > all[0] after n, waited, 1 polls: ok",
            "group > all[1] after n, waited, 1 polls: ok",
        ]
    );
}

#[test]
fn a_list_that_never_is_has_one_span() {
    let never = spans(async { gather! { n => bad(0), all => *|n| [good(0, *n)]; return_exceptions }.await.all.len() });
    assert_eq!(
        never,
        ["group of 2, return_exceptions", "group > n, 1 polls: error", "group > all after n, waited, 0 polls: skipped",]
    );
    let late = spans(async {
        gather! { n => good(9, 1), all => *|n| [good(0, *n)]; return_exceptions, timeout = Duration::from_millis(1) }
            .await
            .all
            .len()
    });
    assert_eq!(
        late,
        [
            "group of 2, return_exceptions",
            "group > n, 2 polls: timed_out",
            "group > all after n, waited, 0 polls: timed_out",
        ]
    );
    let panicked = spans(async {
        gather! { n => good(0, 1), all => *|n| if *n > 0 { panic!("planned") } else { [good(0, *n)] }; return_exceptions }.await.n.is_ok()
    });
    assert_eq!(panicked[2], "group > all after n, waited, 0 polls: panicked");
}

#[test]
fn a_dependant_s_body_that_panics() {
    let lines = spans(async { gather! { a => good(0, 1), b => |a| panics(*a); return_exceptions }.await.a.is_ok() });
    assert_eq!(lines[2], "group > b after a, waited, 2 polls: panicked");
}
