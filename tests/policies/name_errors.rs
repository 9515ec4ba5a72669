//! `name_errors`: at once, and the error says which member.

use std::panic::{AssertUnwindSafe, catch_unwind};

use futures::executor::block_on;
use gather::{Exception, gather};

use crate::support::{Gate, Wrong, bad, good, value};

#[test]
fn fields_are_as_without_it() {
    let out: Result<_, Exception<Wrong>> = block_on(gather!(
        good(1)?,
        bad(2),
        *[good(3)]?;
        name_errors
    ));
    let fields: (u8, Result<u8, Wrong>, Vec<u8>) = out.unwrap();
    assert_eq!(fields, (1, Err(Wrong(2)), vec![3]));
}

#[test]
fn the_error_names_its_member() {
    let error: Exception<Wrong> =
        block_on(gather! { user => good(1)?, ads => bad(2)?; name_errors }).map(|r| (r.user, r.ads)).unwrap_err();
    assert_eq!(error.to_string(), "member `ads` failed: wrong by 2");
    assert_eq!(error.error(), Some(&Wrong(2)));

    let error = block_on(gather!(good(1)?, bad(2)?; name_errors)).unwrap_err();
    assert_eq!(error.to_string(), "member `#1` failed: wrong by 2");

    let items = (0..20).map(|i| async move { if i < 17 { Ok(i) } else { Err(Wrong(i)) } });
    let error = block_on(gather! { pages => *items?; name_errors }).map(|r| r.pages).unwrap_err();
    assert_eq!(error.to_string(), "member `pages[17]` failed: wrong by 17");
}

#[test]
fn it_fails_at_once() {
    let sibling = Gate::new();
    let group = gather!(sibling.member(1), bad(2)?; name_errors);
    let error = block_on(group).unwrap_err();
    assert_eq!(error.into_error().unwrap(), Wrong(2));
    assert_eq!((sibling.polls(), sibling.drops()), (1, 1));
}

#[test]
fn it_catches_no_panic() {
    let group = gather!(good(1)?, async { panic!("kaput") }; name_errors);
    let payload = catch_unwind(AssertUnwindSafe(|| drop(block_on(group)))).unwrap_err();
    assert_eq!(payload.downcast_ref(), Some(&"kaput"));
}

#[test]
fn an_ignored_member_is_named_by_its_underscore_or_place() {
    let error = block_on(gather! { a => value(1), _ => bad(2)?; name_errors }).map(|r| r.a).unwrap_err();
    assert_eq!(error.error(), Some(&Wrong(2)));
    assert!(error.member.is_some());
}
