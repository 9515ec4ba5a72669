//! Start and end of each shape.

use std::future::ready;

use gather::gather;

use crate::times::{Times, in_any_order};

#[tokio::test(start_paused = true)]
async fn a_chain() {
    let t = Times::leaked();
    in_any_order!(r => {
        let r = r.unwrap();
        assert_eq!((r.a, r.b, r.c, r.d), (1, 2, 20, 21));
        assert_eq!(t.take(), "a 0-10, b 10-30, c 30-35, d 35-45");
    } {; spawn}
        [a => t.run("a", 10, 1)]
        [b => move |a| t.run("b", 20, a + 1)]
        [c => move |b| t.run("c", 5, b * 10)]
        [d => async move |c| t.run("d", 10, c + 1).await]
    );
}

#[tokio::test(start_paused = true)]
async fn a_diamond() {
    let t = Times::leaked();
    in_any_order!(r => {
        let r = r.unwrap();
        assert_eq!((r.user, r.orders, r.friends, r.page), (7, 70, 700, 777));
        assert_eq!(t.take(), "user 0-10, friends 10-30, orders 10-40, page 40-50");
    } {; spawn}
        [user => t.run("user", 10, 7)]
        [orders => move |user| t.run("orders", 30, user * 10)]
        [friends => move |user| t.run("friends", 20, user * 100)]
        [page => move |user, orders, friends| t.run("page", 10, user + orders + friends)]
    );
}

#[tokio::test(start_paused = true)]
async fn a_shape_that_no_nesting_of_joins_has() {
    for (a, b, expected) in [
        (10, 30, "a 0-10, b 0-30, c 10-20, d 30-35"),
        (30, 10, "a 0-30, b 0-10, c 30-40, d 30-35"),
        (10, 10, "a 0-10, b 0-10, c 10-20, d 10-15"),
    ] {
        let t = Times::leaked();
        in_any_order!(r => {
            let r = r.unwrap();
            assert_eq!((r.a, r.b, r.c.as_str(), r.d.as_str()), ('a', 'b', "a", "ab"));
            assert_eq!(t.take(), expected);
        } {; spawn}
            [a => t.run("a", a, 'a')]
            [b => t.run("b", b, 'b')]
            [c => move |a| t.run("c", 10, a.to_string())]
            [d => move |a, b| t.run("d", 5, format!("{a}{b}"))]
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_fan_in_of_six() {
    let t = Times::leaked();
    let r = gather! {
        all => move |a, b, c, d, e, f| t.run("z", 5, [a, b, c, d, e, f].map(|n: &u32| *n)),
        a => t.run("a", 10, 1),
        b => t.run("b", 60, 2),
        c => t.run("c", 30, 3),
        d => t.run("d", 20, 4),
        e => t.run("e", 50, 5),
        f => t.run("f", 40, 6);
        spawn
    };
    let r = r.await.unwrap();
    assert_eq!(r.all, [1, 2, 3, 4, 5, 6]);
    assert_eq!([r.a, r.b, r.c, r.d, r.e, r.f], r.all);
    assert_eq!(t.take(), "a 0-10, b 0-60, c 0-30, d 0-20, e 0-50, f 0-40, z 60-65");
}

#[tokio::test(start_paused = true)]
async fn lists() {
    let t = Times::leaked();
    let r = gather! {
        total => move |pages, more| t.run("total", 1, pages.len() + more.len()),
        pages => *move |user| user.clone().into_iter().map(|ms| t.run("page", ms, ms)),
        user => t.run("user", 10, vec![3, 1, 2]),
        more => *move |pages| pages.iter().map(|ms| t.run("more", 10, ms * 2)).collect::<Vec<_>>(),
        none => *std::iter::empty::<std::future::Ready<u8>>(),
        after => |none, pages| ready(none.len() + pages.len()),
        first => *[5, 6].map(|ms| t.run("first", ms, ms)),
        second => move |first| t.run("second", 1, first.iter().sum::<u64>());
        spawn
    };
    let r = r.await.unwrap();
    assert_eq!((r.user, r.pages, r.more, r.total), (vec![3, 1, 2], vec![3, 1, 2], vec![6, 2, 4], 6));
    assert_eq!((r.none.len(), r.after, r.first, r.second), (0, 3, vec![5, 6], 11));
    assert_eq!(
        t.take(),
        "first 0-5, first 0-6, user 0-10, second 6-7, page 10-11, page 10-12, page 10-13, more 13-23, more 13-23, more \
         13-23, total 23-24"
    );
}

#[tokio::test(start_paused = true)]
async fn a_chain_runs_on_without_the_handle() {
    let t = Times::leaked();
    drop(gather! { c => move |b| t.run("c", 1, *b), a => t.run("a", 1, 1), b => move |a| t.run("b", 1, *a); spawn });
    tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    assert_eq!(t.take(), "a 0-1, b 1-2, c 2-3");
}

#[tokio::test(start_paused = true)]
async fn under_a_limit() {
    let t = Times::leaked();
    let r = gather! {
        c => move |a, b| t.run("c", 10, a + b),
        a => t.run("a", 10, 1),
        d => move |c| t.run("d", 10, c + 1),
        b => t.run("b", 10, 2);
        spawn, limit = 1
    };
    let r = r.await.unwrap();
    assert_eq!((r.a, r.b, r.c, r.d), (1, 2, 3, 4));
    assert_eq!(t.take(), "a 0-10, b 10-20, c 20-30, d 30-40");

    let r = gather! {
        late => move |b| t.run("late", 10, *b),
        a => t.run("a", 10, 1),
        b => t.run("b", 30, 2),
        after => move |a| t.run("after", 5, a + 1),
        c => t.run("c", 10, 3),
        list => *move |a| (0..=*a).map(|i| t.run("item", 10, i));
        spawn, limit = 2
    };
    let r = r.await.unwrap();
    assert_eq!((r.a, r.b, r.c, r.after, r.late, r.list), (1, 2, 3, 2, 2, vec![0, 1]));
    assert_eq!(t.take(), "a 0-10, b 0-30, after 10-15, c 15-25, item 25-35, late 30-40, item 35-45");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn on_several_threads() {
    for round in 0..300_u64 {
        let r = gather! {
            d => |b, c| ready(b + c),
            c => async |a| { tokio::task::yield_now().await; a + 2 },
            list => *|b| (0..*b % 5).map(ready),
            a => async move { tokio::task::yield_now().await; round },
            b => |a| ready(a + 1),
            e => |list, d| ready(list.len() as u64 + d);
            spawn
        };
        let r = r.await.unwrap();
        assert_eq!((r.a, r.b, r.c, r.d), (round, round + 1, round + 2, 2 * round + 3));
        assert_eq!((r.list.len() as u64, r.e), ((round + 1) % 5, 2 * round + 3 + (round + 1) % 5));
    }
}
