//! What is in scope in the body of a dependant, and how it gets there.

use std::cell::{Cell, RefCell};
use std::future::ready;

use futures::executor::block_on;
use gather::gather;

use crate::support::{Trace, value};

#[test]
fn parameters_may_have_types() {
    let r = block_on(gather! {
        text => value("gather".to_owned()),
        list => *[value(1_u8), value(2)],
        a => |text: &String| ready(text.len()),
        b => |text: &str| ready(text.len()),
        c => |list: &[u8]| ready(list.len()),
        d => async |list: &Vec<u8>, a| { list.len() + a },
        e => |text: &dyn std::fmt::Display, unused: &usize| ready(text.to_string()),
        unused => value(1_usize),
        f => *|list: &[u8]| list.iter().map(|n| ready(n + 1)),
    });
    assert_eq!((r.a, r.b, r.c, r.d), (6, 6, 2, 8));
    assert_eq!((r.text.as_str(), r.e.as_str(), r.unused), ("gather", "gather", 1));
    assert_eq!((r.list, r.f), (vec![1, 2], vec![2, 3]));
}

#[test]
fn the_closure_decides_the_type_of_what_it_waits_for() {
    let r = block_on(gather! { a => ready("7".parse().unwrap()), b => |a: &u64| ready(a + 1) });
    assert_eq!((r.a, r.b), (7, 8));
}

#[test]
fn parameters_shadow_as_those_of_a_closure_do() {
    let a = "outer";
    let r = block_on(gather! {
        a => value(1),
        b => |a| ready(a + 1),
        // Not between the bars: the outer one.
        c => |b| ready((a, *b)),
        d => async |a| { let a = a * 10; value(a).await },
        e => value(a),
    });
    assert_eq!((r.a, r.b, r.c, r.d, r.e), (1, 2, ("outer", 2), 10, "outer"));
    assert_eq!(a, "outer");
}

#[test]
fn raw_names() {
    let r = block_on(gather! {
        r#type => value(1),
        r#match => |r#type| ready(r#type + 1),
        plain => value(10),
        sum => |r#plain, r#match| ready(plain + r#match),
    });
    assert_eq!((r.r#type, r.r#match, r.plain, r.sum), (1, 2, 10, 12));
}

#[test]
fn surroundings_are_captured_by_reference() {
    let names = ["a".to_owned(), "b".to_owned()];
    let calls = Cell::new(0);
    let call = |n: usize| {
        calls.set(calls.get() + 1);
        ready(n)
    };
    let r = block_on(gather! {
        i => value(1),
        name => |i| ready(names[*i].as_str()),
        len => async |name| { call(name.len()).await + names.len() },
        list => *|i| names.iter().map(|name| call(name.len() + i)),
    });
    assert_eq!((r.i, r.name, r.len, r.list), (1, "b", 3, vec![2, 2]));
    assert_eq!((calls.get(), names.len()), (3, 2));
}

#[test]
fn or_by_unique_reference() {
    let mut log = Vec::new();
    let mut count = 0;
    let r = block_on(gather! {
        a => value(1),
        b => async |a| {
            log.push(*a);
            log.push(value(2).await);
            log.len()
        },
        c => |a| { count += a; ready(count) },
        d => *|b| { log_lengths(*b) },
    });
    assert_eq!((r.a, r.b, r.c, r.d), (1, 2, 1, vec![0, 1]));
    assert_eq!((log, count), (vec![1, 2], 1));
}

fn log_lengths(n: usize) -> impl Iterator<Item = std::future::Ready<usize>> {
    (0..n).map(ready)
}

#[test]
fn or_by_value() {
    let (one, two, three) = (vec![1], vec![2], vec![3]);
    let kept = vec![4];
    let r = block_on(gather! {
        a => value(10),
        b => async move |a| { one.into_iter().chain([*a]).collect::<Vec<_>>() },
        // What is used by value is moved in without the word, as into an async block.
        c => async |a| { let mut two = two; two.push(*a); two },
        d => |a| { let mut three = three; three.push(kept.len() + a); ready(three) },
    });
    assert_eq!((r.a, r.b, r.c, r.d), (10, vec![1, 10], vec![2, 10], vec![3, 11]));
    assert_eq!(kept, [4]);
}

#[test]
fn where_all_move_the_group_takes_copies_of_what_can_be_copied() {
    fn add(n: u32) -> impl Future<Output = u32> + Send + 'static {
        let group = gather! {
            a => value(10),
            b => move |a| ready(a + n),
            list => *move |a| (0..*a).map(move |i| ready(i + n)),
            c => async move |list| u32::try_from(list.len()).unwrap() + n,
        };
        async move {
            let r = group.await;
            r.a + r.b + r.list[0] + r.c
        }
    }
    assert_eq!(block_on(add(1)), 10 + 11 + 1 + 11);

    let mut n = 1;
    let group = gather! { a => value(10), b => move |a| ready(a + n), c => async move |a| { n += a; n } };
    n = 100;
    let r = block_on(group);
    assert_eq!((r.a, r.b, r.c, n), (10, 11, 11, 100));
}

#[test]
fn bodies_are_evaluated_once_and_after_the_group_was_made() {
    let trace = Trace::new();
    let group = gather! {
        b => |a| trace.seen("b!", trace.member("b", 1, a + 1)),
        a => trace.seen("a!", trace.member("a", 1, 1)),
        list => *|b| trace.seen("list!", [trace.member("c", 0, *b)]),
    };
    assert_eq!(trace.take(), "a!");
    let r = block_on(group);
    assert_eq!((r.a, r.b, r.list), (1, 2, vec![2]));
    assert_eq!(trace.take(), "a a -a b! b b -b list! c -c");
}

/// As in `client.get(&format!("/users/{id}")).await`.
#[test]
#[allow(clippy::await_holding_refcell_ref, reason = "that it is held is the point")]
fn temporaries_of_a_plain_body_live_as_long_as_its_future() {
    async fn get(path: &str) -> usize {
        value(path.len()).await
    }
    let cell = RefCell::new(1);
    let r = block_on(gather! {
        id => value(12),
        len => |id| get(&format!("/users/{id}")),
        borrowed => |len| ready(*cell.borrow() + *len),
    });
    assert_eq!((r.id, r.len, r.borrowed), (12, 9, 10));
}

#[test]
fn bodies_of_several_statements() {
    let r = block_on(gather! {
        a => value(1),
        b => |a| {
            let twice = a * 2;
            if twice > 1 { futures::future::Either::Left(value(twice)) } else { futures::future::Either::Right(ready(0)) }
        },
        c => async |b| {
            let Some(half) = i32::checked_div(*b, 2) else { return 0 };
            value(half).await
        },
        d => async |b| { let parsed = "5".parse::<i32>()?; Ok::<_, std::num::ParseIntError>(parsed + b) }?,
    });
    let r = r.unwrap();
    assert_eq!((r.a, r.b, r.c, r.d), (1, 2, 1, 7));
}
