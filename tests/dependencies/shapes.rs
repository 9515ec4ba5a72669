//! Graphs of single members: each starts the moment its last dependency is done.

use gather::gather;

use crate::times::{Times, in_any_order};

#[tokio::test(start_paused = true)]
async fn a_chain() {
    let t = Times::new();
    in_any_order!(r => {
        assert_eq!((r.a, r.b, r.c, r.d), (1, 2, 20, 21));
        assert_eq!(t.take(), "a 0-10, b 10-30, c 30-35, d 35-45");
    } {}
        [a => t.run("a", 10, 1)]
        [b => |a| t.run("b", 20, a + 1)]
        [c => |b| t.run("c", 5, b * 10)]
        [d => |c| t.run("d", 10, c + 1)]
    );
}

#[tokio::test(start_paused = true)]
async fn a_diamond() {
    let t = Times::new();
    in_any_order!(r => {
        assert_eq!((r.user, r.orders, r.friends, r.page), (7, 70, 700, 777));
        assert_eq!(t.take(), "user 0-10, friends 10-30, orders 10-40, page 40-50");
    } {}
        [user => t.run("user", 10, 7)]
        [orders => |user| t.run("orders", 30, user * 10)]
        [friends => |user| t.run("friends", 20, user * 100)]
        [page => |user, orders, friends| t.run("page", 10, user + orders + friends)]
    );
}

/// `join(a, join(b, ..))` cannot say this: `c` needs `a` alone, `d` needs both.
#[tokio::test(start_paused = true)]
async fn a_shape_that_no_nesting_of_joins_has() {
    for (a, b, expected) in [
        (10, 30, "a 0-10, b 0-30, c 10-20, d 30-35"),
        (30, 10, "a 0-30, b 0-10, c 30-40, d 30-35"),
        (10, 10, "a 0-10, b 0-10, c 10-20, d 10-15"),
    ] {
        let t = Times::new();
        in_any_order!(r => {
            assert_eq!((r.a, r.b, r.c.as_str(), r.d.as_str()), ('a', 'b', "a", "ab"));
            assert_eq!(t.take(), expected);
        } {}
            [a => t.run("a", a, 'a')]
            [b => t.run("b", b, 'b')]
            [c => |a| t.run("c", 10, a.to_string())]
            [d => |a, b| t.run("d", 5, format!("{a}{b}"))]
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_fan_out() {
    let t = Times::new();
    let r = gather! {
        d => |a| t.run("d", 3, a + 3),
        b => |a| t.run("b", 1, a + 1),
        a => t.run("a", 10, 1),
        c => |a| t.run("c", 2, a + 2),
        e => t.run("e", 12, 0),
    }
    .await;
    assert_eq!((r.a, r.b, r.c, r.d, r.e), (1, 2, 3, 4, 0));
    assert_eq!(t.take(), "a 0-10, e 0-12, b 10-11, c 10-12, d 10-13");
}

#[tokio::test(start_paused = true)]
async fn a_fan_in_of_six() {
    let t = Times::new();
    let r = gather! {
        all => |a, b, c, d, e, f| t.run("z", 5, [a, b, c, d, e, f].map(|n: &u32| *n)),
        a => t.run("a", 10, 1),
        b => t.run("b", 60, 2),
        c => t.run("c", 30, 3),
        d => t.run("d", 20, 4),
        e => t.run("e", 50, 5),
        f => t.run("f", 40, 6),
    }
    .await;
    assert_eq!(r.all, [1, 2, 3, 4, 5, 6]);
    assert_eq!([r.a, r.b, r.c, r.d, r.e, r.f], r.all);
    assert_eq!(t.take(), "a 0-10, b 0-60, c 0-30, d 0-20, e 0-50, f 0-40, z 60-65");
}

#[tokio::test(start_paused = true)]
async fn several_dependants_share_one_value() {
    struct NotClone(String);
    let t = Times::new();
    let r = gather! {
        text => t.run("text", 10, NotClone("gather".to_owned())),
        len => |text| t.run("len", 10, text.0.len()),
        upper => async |text| t.run("upper", 20, text.0.to_uppercase()).await,
        both => |text, len| t.run("both", 10, format!("{}{len}", text.0)),
    }
    .await;
    assert_eq!((r.text.0.as_str(), r.len, r.upper.as_str(), r.both.as_str()), ("gather", 6, "GATHER", "gather6"));
    assert_eq!(t.take(), "text 0-10, len 10-20, upper 10-30, both 20-30");
}

#[tokio::test(start_paused = true)]
async fn unrelated_members_do_not_wait() {
    let t = Times::new();
    gather! {
        late => |slow| t.run("late", 1, *slow),
        slow => t.run("slow", 50, 'a'),
        quick => t.run("quick", 5, 'b'),
        after => |quick| t.run("after", 5, *quick),
    }
    .await;
    assert_eq!(t.take(), "quick 0-5, slow 0-50, after 5-10, late 50-51");
}

#[tokio::test(start_paused = true)]
async fn a_value_that_nobody_looks_at_is_waited_for() {
    let t = Times::new();
    let r = gather! { a => t.run("a", 10, ()), b => |a| t.run("b", 10, 2) }.await;
    let () = r.a;
    assert_eq!(r.b, 2);
    assert_eq!(t.take(), "a 0-10, b 10-20");
}

#[tokio::test(start_paused = true)]
async fn a_chain_of_twenty() {
    let t = Times::new();
    let r = gather! {
        m19 => |m18| t.run("s", 1, m18 + 1),
        m18 => |m17| t.run("r", 1, m17 + 1),
        m17 => |m16| t.run("q", 1, m16 + 1),
        m16 => |m15| t.run("p", 1, m15 + 1),
        m15 => |m14| t.run("o", 1, m14 + 1),
        m14 => |m13| t.run("n", 1, m13 + 1),
        m13 => |m12| t.run("m", 1, m12 + 1),
        m12 => |m11| t.run("l", 1, m11 + 1),
        m11 => |m10| t.run("k", 1, m10 + 1),
        m00 => t.run("0", 1, 0),
        m01 => |m00| t.run("a", 1, m00 + 1),
        m02 => |m01| t.run("b", 1, m01 + 1),
        m03 => |m02| t.run("c", 1, m02 + 1),
        m04 => |m03| t.run("d", 1, m03 + 1),
        m05 => |m04| t.run("e", 1, m04 + 1),
        m06 => |m05| t.run("f", 1, m05 + 1),
        m07 => |m06| t.run("g", 1, m06 + 1),
        m08 => |m07| t.run("h", 1, m07 + 1),
        m09 => |m08| t.run("i", 1, m08 + 1),
        m10 => |m09| t.run("j", 1, m09 + 1),
    }
    .await;
    assert_eq!([r.m00, r.m01, r.m02, r.m03, r.m04, r.m05, r.m06], [0, 1, 2, 3, 4, 5, 6]);
    assert_eq!([r.m07, r.m08, r.m09, r.m10, r.m11, r.m12, r.m13], [7, 8, 9, 10, 11, 12, 13]);
    assert_eq!([r.m14, r.m15, r.m16, r.m17, r.m18, r.m19], [14, 15, 16, 17, 18, 19]);
    let expected: Vec<_> =
        "0abcdefghijklmnopqrs".chars().enumerate().map(|(i, name)| format!("{name} {i}-{}", i + 1)).collect();
    assert_eq!(t.take(), expected.join(", "));
}

#[tokio::test(start_paused = true)]
async fn groups_inside_members_have_their_own_graphs() {
    let t = Times::new();
    let r = gather! {
        outer => t.run("outer", 10, 1),
        inner => |outer| gather! {
            a => t.run("a", 10, outer + 1),
            b => |a| t.run("b", 10, a + outer),
        },
    }
    .await;
    assert_eq!((r.outer, r.inner.a, r.inner.b), (1, 2, 3));
    assert_eq!(t.take(), "outer 0-10, a 10-20, b 20-30");
}
