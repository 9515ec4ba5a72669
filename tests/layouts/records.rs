//! Members with names.

use std::cell::Cell;

use futures::executor::block_on;
use gather::gather;

use crate::support::{Wrong, bad, good, value};

#[test]
fn a_record_has_its_fields_in_order() {
    let r = block_on(gather! { b => value(1), a => value("two") });
    let (b, a): (u8, &str) = (r.b, r.a);
    assert_eq!((b, a), (1, "two"));
    assert!(format!("{r:?}").ends_with("{ b: 1, a: \"two\" }"), "{r:?}");
}

#[test]
fn a_record_clones_as_its_fields_do() {
    let r = block_on(gather! { a => value(String::from("x")), b => value(vec![1]) });
    let copy = r.clone();
    assert_eq!((&r.a, &r.b), (&copy.a, &copy.b));
}

#[test]
fn the_fields_of_a_record_need_no_traits() {
    struct Opaque(u8);
    let r = block_on(
        gather! { opaque => async { Opaque(7) }, closure => value(Box::new(|x: u8| x + 1) as Box<dyn Fn(u8) -> u8>) },
    );
    assert_eq!((r.closure)(r.opaque.0), 8);
}

#[test]
fn the_fields_of_a_record_can_be_moved_out_one_by_one() {
    let r = block_on(gather! { a => value(String::from("a")), b => value(String::from("b")) });
    let b = r.b;
    let a = r.a;
    assert_eq!(a + &b, "ab");
}

#[test]
fn a_record_may_borrow() {
    let text = String::from("one two");
    let r = block_on(gather! { first => async { &text[..3] }, second => async { &text[4..] } });
    assert_eq!((r.first, r.second), ("one", "two"));
}

#[test]
fn raw_identifiers_name_fields() {
    let r = block_on(gather! { r#type => value(1), r#match => value(2), plain => value(3) });
    assert_eq!((r.r#type, r.r#match, r.plain), (1, 2, 3));
}

#[test]
fn an_ignored_member_runs_and_has_no_field() {
    let ran = Cell::new(0);
    let run = async || ran.set(ran.get() + 1);
    let r = block_on(gather! { _ => run(), a => value(1), _ => run(), _ => *[run(), run()] });
    assert_eq!((r.a, ran.get()), (1, 4));
    assert!(format!("{r:?}").ends_with("{ a: 1 }"), "{r:?}");
}

#[test]
fn a_record_of_ignored_members_is_the_unit() {
    let ran = Cell::new(0);
    let run = async || ran.set(ran.get() + 1);
    let () = block_on(gather! { _ => run(), _ => run() });
    assert_eq!(ran.get(), 2);
    let failed: Result<(), Wrong> = block_on(gather! { _ => good(1)?, _ => bad(2)? });
    assert_eq!(failed, Err(Wrong(2)));
}

#[test]
fn a_name_is_not_in_scope_in_another_member() {
    let a = 5;
    let r = block_on(gather! { a => value(1), b => value(a + 1) });
    assert_eq!((a, r.a, r.b), (5, 1, 6));
}
