//! What the values and their dependants need: `Send`, `Sync` and `'static` where several tasks see them, and no more.

use std::cell::Cell;
use std::future::ready;
use std::rc::Rc;
use std::sync::Arc;

use gather::gather;

use crate::support::{Live, Token, Wrong, good, value};

struct NotClone(String, #[expect(dead_code, reason = "counts")] Token);

#[tokio::test]
async fn values_are_shared_and_then_moved_into_the_result() {
    let live = Live::new();
    let text = NotClone("abc".to_owned(), live.token());
    let place = text.0.as_ptr();
    let group = gather! {
        text => value(text),
        len => |text| ready(text.0.len()),
        upper => async |text| { tokio::task::yield_now().await; text.0.to_uppercase() },
        both => |text, upper: &str| ready(text.0.clone() + upper);
        spawn
    };
    let r = group.await.unwrap();
    assert_eq!((r.len, r.upper.as_str(), r.both.as_str()), (3, "ABC", "abcABC"));
    assert_eq!(r.text.0.as_ptr(), place, "moved, not copied");
    assert_eq!((live.made(), live.now()), (1, 1));
    drop(r.text);
    assert_eq!(live.now(), 0);
}

#[tokio::test]
async fn a_result_that_nobody_takes_is_dropped_with_the_handle() {
    let live = Live::new();
    let token = live.token();
    let group = gather! { a => ready(token), b => |a| { let _a = a; ready(1) }; spawn };
    group.wait().await;
    assert_eq!(live.now(), 1);
    assert_eq!(group.result().unwrap().as_ref().unwrap().b, 1);
    drop(group);
    assert_eq!(live.now(), 0);
}

#[tokio::test]
async fn a_value_that_nobody_waits_for_need_not_be_sync() {
    let group = gather! {
        cell => value(Cell::new(1)),
        a => value(2),
        last => |a| ready(Cell::new(a + 1)),
        cells => *|a| [ready(Cell::new(*a))];
        spawn
    };
    let r = group.await.unwrap();
    assert_eq!((r.cell.get(), r.a, r.last.get(), r.cells[0].get()), (1, 2, 3, 2));
}

#[tokio::test]
async fn a_plain_body_may_use_what_is_not_send_until_its_future_is_made() {
    let group = gather! {
        a => value(1),
        b => |a| {
            let rc = Rc::new(Cell::new(*a));
            rc.set(rc.get() + 1);
            let n = rc.get();
            drop(rc);
            ready(n)
        };
        spawn
    };
    let r = group.await.unwrap();
    assert_eq!((r.a, r.b), (1, 2));
}

#[tokio::test]
async fn dependants_move_what_they_need() {
    let names = Arc::new(vec!["a".to_owned(), "b".to_owned()]);
    let own = "own".to_owned();
    let other = Arc::clone(&names);
    let group = gather! {
        i => value(1_usize),
        name => move |i| ready(names[*i].clone()),
        list => *move |i| (*i..2).map(move |i| { let names = Arc::clone(&other); async move { names[i].clone() } }),
        moved => async |name| own + name;
        spawn
    };
    let r = group.await.unwrap();
    assert_eq!((r.i, r.name.as_str(), r.list.concat().as_str(), r.moved.as_str()), (1, "b", "b", "ownb"));
}

/// The body holds its part of the value, so that what it awaits may borrow from it.
#[tokio::test]
async fn a_dependants_future_may_borrow_from_the_value() {
    async fn len(text: &str) -> Result<usize, Wrong> {
        tokio::task::yield_now().await;
        good(text.len()).await
    }
    let group = gather! {
        text => value("abc".to_owned()),
        plain => |text| len(text)?,
        long => |text| len(&format!("{text}{text}"))?,
        asynchronous => async |text| { len(text).await }?;
        spawn
    };
    let r = group.await.unwrap();
    assert_eq!((r.text.as_str(), r.plain, r.long, r.asynchronous), ("abc", 3, 6, 3));
}

#[derive(Debug, Default, Clone, Copy, PartialEq)]
struct Sizes {
    a: usize,
    b: usize,
    rest: usize,
}

#[tokio::test]
async fn struct_layouts() {
    let base = Sizes { rest: 9, ..Sizes::default() };
    let group = gather!(Sizes { b: |a| ready(a + 1), a: value(1), ..base }; spawn);
    assert_eq!(group.await.unwrap(), Sizes { a: 1, b: 2, rest: 9 });
    let group = gather! { _ => |a| ready(*a), a => value(1), _ => *|a| [ready(*a)]; spawn };
    assert_eq!(group.await.unwrap().a, 1);
}

async fn run<T>(value: T, f: impl FnOnce(&T) -> usize + Send + 'static) -> (T, usize)
where
    T: Send + Sync + 'static,
{
    let group = gather! { value => ready(value), size => |value| ready(f(value)); spawn };
    let r = group.await.unwrap();
    (r.value, r.size)
}

#[tokio::test]
async fn in_generic_functions_and_on_a_task_of_their_own() {
    let r = tokio::spawn(run("abc".to_owned(), String::len)).await.unwrap();
    assert_eq!(r, ("abc".to_owned(), 3));
}
