//! Lists: fixed, limited, from streams, with keys.

use std::time::Duration;

use futures::stream;
use gather::gather;

use super::{bad, good, spans};

#[test]
fn items_have_numbers() {
    let lines = spans(async { gather! { n => good(0, 1), pages => *(0..3).map(|i| good(i, i)) }.await.pages });
    assert_eq!(
        lines,
        [
            "group of 2, none",
            "group > n, 1 polls: ok",
            "group > pages[0], 1 polls: ok",
            "group > pages[1], 2 polls: ok",
            "group > pages[2], 3 polls: ok",
        ]
    );
    assert_eq!(spans(async { gather!(*[good(0, 1)]).await }), ["group of 1, none", "group > #0, 1 polls: ok"]);
}

#[test]
fn an_empty_list_has_none() {
    assert_eq!(spans(async { gather!(*Vec::<std::future::Ready<()>>::new()).await }), ["group of 1, none"]);
}

/// Of more than 8 items, and more than 64: other tables.
#[test]
fn longer_lists_have_as_many() {
    for len in [9, 64, 65, 200] {
        let lines = spans(async { gather!(*(0..len).map(|i| good(i % 3, i))?).await });
        assert_eq!(lines.len(), 1 + usize::try_from(len).unwrap());
        for (i, line) in lines[1..].iter().enumerate() {
            assert_eq!(*line, format!("group > #{i}, {} polls: ok", if i % 3 == 0 { 1 } else { 2 }));
        }
    }
}

#[test]
fn an_item_that_fails_ends_the_others() {
    let lines = spans(async { gather!(*[good(9, 1), good(0, 1)].into_iter().chain([good(3, 1)])?, bad(1)?).await });
    assert_eq!(
        lines,
        [
            "group of 2, none",
            "group > #0[0], 1 polls: dropped",
            "group > #0[1], 1 polls: ok",
            "group > #0[2], 1 polls: dropped",
            "group > #1, 2 polls: error",
        ]
        .map(|line| line.replace("#0[0], 1", "#0[0], 2").replace("#0[2], 1", "#0[2], 2"))
    );
}

#[test]
fn items_wait_for_the_limit() {
    let lines = spans(async { gather!(*(0..3).map(|i| good(5, i)); limit = 2).await });
    assert_eq!(
        lines,
        [
            "group of 1, none",
            "group > #0, waited, 2 polls: ok",
            "group > #1, waited, 2 polls: ok",
            "group > #2, waited, 2 polls: ok"
        ]
    );
}

#[test]
fn a_deadline_ends_those_that_were_never_pulled() {
    let lines = spans(async {
        gather!(*(0..3).map(|_| good(50, 1)); return_exceptions, limit = 1, timeout = Duration::from_millis(5))
            .await
            .len()
    });
    assert_eq!(
        lines,
        [
            "group of 1, return_exceptions",
            "group > #0, waited, 1 polls: timed_out",
            "group > #1, waited, 0 polls: timed_out",
            "group > #2, waited, 0 polls: timed_out",
        ]
    );
}

#[test]
fn items_of_a_stream() {
    let futures = || stream::iter((0..3).map(|i| good(i, i)));
    let expected =
        ["group of 1, none", "group > #0, 1 polls: ok", "group > #1, 2 polls: ok", "group > #2, 2 polls: ok"];
    assert_eq!(spans(async { gather!(*futures()).await }), expected);
    assert_eq!(spans(async { gather!(*futures(); limit = 1).await }), expected);
}

#[test]
fn an_iterator_that_panics_is_an_item() {
    let jobs = (0..3).map(|i| if i == 1 { panic!("planned") } else { good(0, i) });
    let lines = spans(async { gather!(*jobs; return_exceptions, limit = 2).await.len() });
    assert_eq!(
        lines,
        ["group of 1, return_exceptions", "group > #0, waited, 1 polls: ok", "group > #1, waited, 0 polls: panicked"]
    );
}

#[test]
fn items_with_keys_are_called_by_them() {
    let lines = spans(async { gather! { pages => *[("a", good(0, 1)), ("b", good(1, 2))] }.await.pages.len() });
    assert_eq!(lines, ["group of 1, none", "group > pages[\"a\"], 1 polls: ok", "group > pages[\"b\"], 2 polls: ok"]);
    let lines = spans(async { gather!(*[(1, bad(0)), (2, bad(9))]?; name_errors).await.map(|_| ()) });
    assert_eq!(lines, ["group of 1, name_errors", "group > [1], 1 polls: error", "group > [2], 1 polls: dropped"]);
    let lines = spans(async {
        let keyed = (0..2).map(|i| (i * 10, good(9, 1)));
        gather!(*keyed; return_exceptions, limit = 1, timeout = Duration::from_millis(1)).await.len()
    });
    // What was never pulled has no key, and no field.
    assert_eq!(lines, ["group of 1, return_exceptions", "group > [0], waited, 1 polls: timed_out"]);
}

#[test]
fn a_key_that_cannot_be_printed_is_a_number() {
    struct Silent;
    let lines = spans(async { gather!(*[(Silent, good(0, 1))]).await.len() });
    assert_eq!(lines, ["group of 1, none", "group > #0, 1 polls: ok"]);
}
