//! The expansion needs no prelude and minds no name of the user's.
#![no_implicit_prelude]

use ::futures::executor::block_on;
use ::gather::gather;
use ::std::{assert, assert_eq};

/// Names that an expansion might use without a path.
#[allow(dead_code, reason = "they only have to be in scope")]
mod names {
    pub(super) struct Ok;
    pub(super) struct Err;
    pub(super) struct Some;
    pub(super) struct None;
    pub(super) struct Option;
    pub(super) struct Result;
    pub(super) struct Vec;
    pub(super) struct Box;
    pub(super) struct Pin;
    pub(super) struct Future;
    pub(super) struct IntoFuture;
    pub(super) struct Iterator;
    pub(super) struct IntoIterator;
    pub(super) struct Default;
    pub(super) struct Clone;
    pub(super) struct Debug;
    pub(super) struct Gathered;
    pub(super) struct Gathering;
    pub(super) struct Exception;
}

#[allow(unused_imports, reason = "they only have to be in scope")]
use names::*;

type Fails<T> = ::std::result::Result<T, u16>;

async fn value(number: u8) -> u8 {
    number
}

async fn good(number: u8) -> Fails<u8> {
    Fails::Ok(number)
}

#[test]
fn every_layout() {
    struct Page {
        user: u8,
        ads: ::std::vec::Vec<u8>,
    }
    assert_eq!(block_on(gather!(value(1), value(2))), (1, 2));
    assert_eq!(block_on(gather!(*[value(1)])), [1]);
    let r = block_on(gather! { a => value(1), _ => value(2), b => *[value(3)] });
    assert_eq!((r.a, r.b.len()), (1, 1));
    let page = block_on(gather!(Page { user: value(1), ads: *[value(2)] }));
    assert_eq!((page.user, page.ads.len()), (1, 1));
}

#[test]
fn every_policy() {
    let fast = block_on(gather! { a => good(1)?, b => value(2), c => *[good(3)]? }).unwrap();
    assert_eq!((fast.a, fast.b, fast.c.len()), (1, 2, 1));
    let named = block_on(gather!(good(1)?, value(2); name_errors, error = u32)).unwrap();
    assert_eq!(named, (1, 2));
    let all = block_on(gather!(good(1)?, value(2); all_errors)).unwrap();
    assert_eq!(all, (1, 2));
    let (a, b) = block_on(gather!(
        good(1),
        *[value(2)];
        return_exceptions, limit = 2, until = ::std::future::pending::<()>()
    ));
    assert!(a.is_ok() && b.len() == 1);
}

#[test]
fn names_of_locals() {
    let (group, members, member, limit, output, this, cx) = (1, 2, 3, 4, 5, 6, 7);
    let r = block_on(gather! {
        a => async { group + members + member },
        b => async { limit + output },
        f => async { this + cx };
        limit = limit
    });
    assert_eq!((r.a, r.b, r.f), (6, 9, 13));
}
