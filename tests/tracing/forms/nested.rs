//! Groups inside each other, and groups of nothing.

use gather::gather;

use super::alike::good;
use super::spans;

#[test]
fn in_tasks() {
    let lines = spans(async {
        gather! { a => async { gather! { x => good(0, 1), y => *[good(0, 2)] }.await.x }; spawn }.await.map(|_| ())
    });
    assert_eq!(
        lines,
        [
            "group of 1, none",
            "a, 1 polls: ok",
            "a > group of 2, none",
            "group > x, 1 polls: ok",
            "group > y[0], 1 polls: ok"
        ]
    );
    let lines = spans(async { gather! { a => async { gather! { x => good(0, 1); spawn }.await } }.await.a.is_ok() });
    assert_eq!(lines, ["group of 1, none", "group > a, 2 polls: ok", "a > group of 1, none", "a > x, 1 polls: ok"]);
}

#[test]
fn lists_side_by_side() {
    let lines = spans(async { gather!(*[good(0, 1)], *[good(0, 2)], good(0, 3)).await });
    assert_eq!(
        lines,
        ["group of 3, none", "group > #0[0], 1 polls: ok", "group > #1[0], 1 polls: ok", "group > #2, 1 polls: ok"]
    );
}

#[test]
fn a_struct_with_a_base() {
    let lines = spans(async {
        #[derive(Default)]
        struct P {
            a: u8,
            b: u8,
        }
        gather!(P { a: good(0, 1)?, ..P::default() }).await.map(|p| p.b)
    });
    assert_eq!(lines, ["group of 1, none", "group > a, 1 polls: ok"]);
}

#[test]
fn of_nothing() {
    let lines = spans(async { gather!(*Vec::<std::future::Ready<()>>::new(); spawn).await.map(|_| ()) });
    assert_eq!(lines, ["group of 1, none"]);
    let lines = spans(async { gather!(; spawn).await.map(|_| ()) });
    assert_eq!(lines, ["group of 0, none"]);
    let lines = spans(async { gather!().await });
    assert_eq!(lines, ["group of 0, none"]);
}
