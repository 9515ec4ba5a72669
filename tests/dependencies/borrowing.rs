//! What the values and their dependants need to be: nothing.

use std::cell::{Cell, RefCell};
use std::future::{Ready, ready};
use std::rc::Rc;

use futures::executor::block_on;
use gather::gather;

use crate::support::{Live, Token, good, value};

#[test]
fn values_are_moved_into_the_result_and_need_no_clone() {
    struct Heavy {
        bytes: Vec<u8>,
        _token: Token,
    }
    let live = Live::new();
    let heavy = Heavy { bytes: vec![1, 2, 3], _token: live.token() };
    let place = heavy.bytes.as_ptr();
    let r = block_on(gather! {
        heavy => value(heavy),
        len => |heavy| ready(heavy.bytes.len()),
        first => |heavy, len| ready(heavy.bytes[len - 3]),
    });
    assert_eq!((r.len, r.first), (3, 1));
    assert_eq!(r.heavy.bytes.as_ptr(), place, "moved, not copied");
    assert_eq!((live.made(), live.now()), (1, 1));
}

#[test]
fn everybody_sees_the_value_at_one_place() {
    let r = block_on(gather! {
        a => value([0_u8; 64]),
        b => |a| ready(std::ptr::from_ref(a).addr()),
        c => async |a| std::ptr::from_ref(a).addr(),
    });
    assert_eq!(r.a, [0; 64]);
    assert_eq!(r.b, r.c);
}

#[test]
fn values_and_dependants_may_borrow_from_outside() {
    let text = "one two three".to_owned();
    let words = RefCell::new(Vec::new());
    let r = block_on(gather! {
        first => value(text.split(' ').next().unwrap()),
        rest => |first| ready(&text[first.len() + 1..]),
        both => async |first, rest| { words.borrow_mut().extend([*first, *rest]); text.len() },
        each => *|rest| rest.split(' ').map(value).collect::<Vec<_>>(),
    });
    assert_eq!((r.first, r.rest, r.both), ("one", "two three", 13));
    assert_eq!(r.each, ["two", "three"]);
    assert_eq!(*words.borrow(), ["one", "two three"]);
}

#[test]
fn a_dependant_may_change_a_value_that_allows_it() {
    let r = block_on(gather! {
        cell => value(Cell::new(1)),
        b => |cell| { cell.set(cell.get() + 1); ready(()) },
        c => async |cell, b| { let () = *b; cell.set(cell.get() * 10) },
    });
    let () = r.c;
    assert_eq!(r.cell.get(), 20);
}

#[test]
fn values_may_be_tied_to_their_thread() {
    let shared = Rc::new(5);
    let r = block_on(gather! {
        rc => value(Rc::clone(&shared)),
        weak => |rc| ready(Rc::downgrade(rc)),
        n => async |weak| *weak.upgrade().unwrap(),
    });
    assert_eq!((*r.rc, r.n, Rc::strong_count(&shared)), (5, 5, 2));
    assert!(r.weak.upgrade().is_some());
}

#[test]
fn a_dependant_keeps_a_reference_across_an_await() {
    let r = block_on(gather! {
        a => value("abc".to_owned()),
        b => async |a| {
            let middle = &a[1..2];
            value(()).await;
            middle.to_owned()
        },
    });
    assert_eq!((r.a.as_str(), r.b.as_str()), ("abc", "b"));
}

/// Of one type parameter nothing is asked that its use does not ask.
async fn generic<T, U>(a: impl Future<Output = T>, f: impl Fn(&T) -> U) -> (T, U) {
    let r = gather! { a => a, b => |a| ready(f(a)) }.await;
    (r.a, r.b)
}

async fn generic_lists<T>(items: Vec<Ready<T>>, f: impl Fn(&T) -> usize) -> (Vec<T>, Vec<usize>, usize) {
    let r = gather! {
        items => *items,
        sizes => *|items| items.iter().map(|item| ready(f(item))),
        total => |sizes| ready(sizes.iter().sum::<usize>()),
    }
    .await;
    (r.items, r.sizes, r.total)
}

#[test]
fn in_generic_functions() {
    struct NotDebug(u8);
    let (a, b) = block_on(generic(value(NotDebug(1)), |a| a.0 + 1));
    assert_eq!((a.0, b), (1, 2));
    let (items, sizes, total) = block_on(generic_lists(vec![ready("a"), ready("bcd")], |text| text.len()));
    assert_eq!((items, sizes, total), (vec!["a", "bcd"], vec![1, 3], 4));
}

trait Api {
    async fn user(&self, id: u64) -> Result<String, String>;
    async fn orders(&self, user: &str) -> Result<Vec<u64>, String>;
}

struct Fake;

impl Api for Fake {
    async fn user(&self, id: u64) -> Result<String, String> {
        Ok(format!("user {id}"))
    }
    async fn orders(&self, user: &str) -> Result<Vec<u64>, String> {
        Ok(user.bytes().map(u64::from).take(2).collect())
    }
}

async fn page(api: &impl Api, id: u64) -> Result<(String, Vec<u64>), String> {
    let r = gather! { user => api.user(id)?, orders => |user| api.orders(user)? }.await?;
    Ok((r.user, r.orders))
}

#[test]
fn methods_that_borrow_both_their_self_and_the_dependency() {
    assert_eq!(block_on(page(&Fake, 3)), Ok(("user 3".to_owned(), vec![117, 115])));
}

#[test]
fn an_unboxed_recursion_is_boxed_as_any_other() {
    fn sum(n: u32) -> std::pin::Pin<Box<dyn Future<Output = u32>>> {
        Box::pin(async move {
            if n == 0 {
                return 0;
            }
            let r = gather! { below => sum(n - 1), here => |below| ready(n + below) }.await;
            r.here.max(r.below)
        })
    }
    assert_eq!(block_on(sum(20)), 210);
}

#[test]
fn results_of_a_question_mark_are_seen_without_their_result() {
    let r = block_on(gather! {
        a => good("7".to_owned())?,
        b => |a: &String| ready(a.parse::<u8>())?,
        c => good(1)?;
        error = Box<dyn std::error::Error>
    });
    let r = r.unwrap();
    assert_eq!((r.a.as_str(), r.b, r.c), ("7", 7, 1));
}
