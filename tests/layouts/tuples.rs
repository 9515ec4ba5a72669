//! Members without names.

use futures::executor::block_on;
use gather::gather;

use crate::support::value;

#[test]
fn a_tuple_keeps_each_type() {
    let out: (u8, &str, Vec<char>) = block_on(gather!(value(1), value("b"), value(vec!['c'])));
    assert_eq!(out, (1, "b", vec!['c']));
}

#[test]
fn one_member_is_a_tuple_of_one() {
    let out: (u8,) = block_on(gather!(value(1)));
    assert_eq!(out, (1,));
}

#[test]
fn no_member_is_the_unit() {
    let () = block_on(gather!());
    let () = block_on(gather! {});
    let () = block_on(gather![]);
}
