//! `limit`: who waits for others holds no place, and of those that can start the first in member order does.

use std::future::ready;

use gather::gather;

use crate::support::{Live, Wrong, bad};
use crate::times::Times;

#[tokio::test(start_paused = true)]
async fn who_waits_holds_no_place() {
    let t = Times::new();
    let r = gather! {
        c => |a, b| t.run("c", 10, a + b),
        a => t.run("a", 10, 1),
        d => |c| t.run("d", 10, c + 1),
        b => t.run("b", 10, 2);
        limit = 1
    }
    .await;
    assert_eq!((r.a, r.b, r.c, r.d), (1, 2, 3, 4));
    assert_eq!(t.take(), "a 0-10, b 10-20, c 20-30, d 30-40");
}

#[tokio::test(start_paused = true)]
async fn a_freed_place_goes_to_the_first_that_can_start() {
    let t = Times::new();
    let r = gather! {
        late => |b| t.run("late", 10, *b),
        a => t.run("a", 10, 1),
        b => t.run("b", 30, 2),
        after => |a| t.run("after", 5, a + 1),
        c => t.run("c", 10, 3);
        limit = 2
    }
    .await;
    assert_eq!((r.a, r.b, r.c, r.after, r.late), (1, 2, 3, 2, 2));
    assert_eq!(t.take(), "a 0-10, b 0-30, after 10-15, c 15-25, late 30-40");

    // Behind `c` it is not the first.
    let r = gather! {
        a => t.run("a", 10, 1),
        b => t.run("b", 30, 2),
        c => t.run("c", 10, 3),
        after => |a| t.run("after", 5, a + 1);
        limit = 2
    }
    .await;
    assert_eq!((r.a, r.b, r.c, r.after), (1, 2, 3, 2));
    assert_eq!(t.take(), "a 0-10, b 0-30, c 10-20, after 20-25");
}

#[tokio::test(start_paused = true)]
async fn a_dependant_that_can_start_waits_for_a_place() {
    let t = Times::new();
    let r = gather! {
        a => t.run("a", 10, 1),
        b => t.run("b", 40, 2),
        c => |a| t.run("c", 10, a + 1),
        d => |a| t.run("d", 10, a + 2),
        e => |d| t.run("e", 5, d + 1);
        limit = 2
    }
    .await;
    assert_eq!((r.a, r.b, r.c, r.d, r.e), (1, 2, 2, 3, 4));
    assert_eq!(t.take(), "a 0-10, b 0-40, c 10-20, d 20-30, e 30-35");
}

#[tokio::test(start_paused = true)]
async fn a_limit_above_the_number_of_members_changes_nothing() {
    let t = Times::new();
    gather! { a => t.run("a", 10, 1), b => |a| t.run("b", 10, *a), c => |a| t.run("c", 20, *a); limit = 9 }.await;
    assert_eq!(t.take(), "a 0-10, b 10-20, c 10-30");
}

#[tokio::test(start_paused = true)]
async fn items_count_and_a_dependent_list_is_pulled_as_places_get_free() {
    let t = Times::new();
    let live = Live::new();
    let r = gather! {
        list => *|n| (0..*n).map(|i| {
            let token = live.token();
            let item = t.run("item", 10, i);
            async move { let _token = token; item.await }
        }),
        n => t.run("n", 10, 5),
        len => |list| t.run("len", 10, list.len()),
        other => t.run("other", 25, ());
        limit = 3
    }
    .await;
    let () = r.other;
    assert_eq!((r.n, r.list, r.len), (5, vec![0, 1, 2, 3, 4], 5));
    assert_eq!(t.take(), "n 0-10, other 0-25, item 10-20, item 10-20, item 20-30, item 20-30, item 25-35, len 35-45");
    assert_eq!((live.made(), live.most(), live.now()), (5, 3, 0));
}

#[tokio::test(start_paused = true)]
async fn a_list_that_others_wait_for() {
    let t = Times::new();
    let r = gather! {
        sum => |list| t.run("sum", 5, list.iter().sum::<u64>()),
        list => *[10, 20, 30].map(|ms| t.run("item", ms, ms));
        limit = 2
    }
    .await;
    assert_eq!((r.list, r.sum), (vec![10, 20, 30], 60));
    assert_eq!(t.take(), "item 0-10, item 0-20, item 10-40, sum 40-45");
}

#[tokio::test(start_paused = true)]
async fn who_is_skipped_takes_no_place() {
    let t = Times::new();
    let r = gather! {
        a => bad(1),
        b => |a| t.run("b", 10, *a),
        list => *|a| [t.run("item", 10, *a)],
        c => t.run("c", 10, 1),
        d => t.run("d", 10, 2);
        limit = 1, return_exceptions
    }
    .await;
    assert!(r.a.is_err() && r.b.unwrap_err().is_skipped());
    assert!(r.list.into_iter().all(|item| item.unwrap_err().is_skipped()));
    assert_eq!((r.c.unwrap(), r.d.unwrap()), (1, 2));
    assert_eq!(t.take(), "c 0-10, d 10-20");
}

#[tokio::test(start_paused = true)]
async fn a_failed_group_starts_nobody_else() {
    let t = Times::new();
    let r = gather! {
        a => t.run("a", 10, Ok(1))?,
        b => |a| t.run("b", 10, Err::<u8, _>(Wrong(*a)))?,
        c => |b| ready(*b),
        d => |a| t.run("d", 10, *a);
        limit = 1
    }
    .await;
    assert_eq!(r.map(|r| (r.a, r.b, r.c, r.d)).unwrap_err(), Wrong(1));
    assert_eq!(t.take(), "a 0-10, b 10-20");
}
