//! `*`: any number of members of one type.

use std::pin::Pin;

use futures::executor::block_on;
use gather::gather;

use crate::support::value;

#[test]
fn a_list_alone_is_the_vec() {
    let out: Vec<u8> = block_on(gather!(*(0..5).map(value)));
    assert_eq!(out, [0, 1, 2, 3, 4]);
    let out: Vec<u8> = block_on(gather!(*Vec::<std::future::Ready<u8>>::new()));
    assert_eq!(out, [0; 0]);
}

#[test]
fn any_into_iterator_is_a_list() {
    let array: Vec<u8> = block_on(gather!(*[value(1), value(2)]));
    let vec: Vec<u8> = block_on(gather!(*vec![value(1), value(2)]));
    let option: Vec<u8> = block_on(gather!(*Some(value(1))));
    let boxed: Vec<Pin<Box<dyn Future<Output = u8>>>> = vec![Box::pin(value(1)), Box::pin(async { 2 })];
    let boxed: Vec<u8> = block_on(gather!(*boxed));
    assert_eq!((array, vec, option, boxed), (vec![1, 2], vec![1, 2], vec![1], vec![1, 2]));
}

#[test]
fn lists_beside_members() {
    let out: (u8, Vec<u8>, Vec<char>, &str) =
        block_on(gather!(value(1), *[value(2), value(3)], *"xy".chars().map(value), value("end")));
    assert_eq!(out, (1, vec![2, 3], vec!['x', 'y'], "end"));
    let r = block_on(gather! { user => value("u"), pages => *(0..3).map(value) });
    assert_eq!((r.user, r.pages), ("u", vec![0, 1, 2]));
}
