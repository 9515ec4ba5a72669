//! How deep groups stand in each other as they are written, where members are on the heap: without optimisation.
//!
//! In place, as in a release, the type of a group holds its members, and rustc gives up computing the layout earlier: `tests/types/depth.rs`
//! has what holds there too. So this is a binary of its own, which is not built so.
#![forbid(unsafe_code)]
#![allow(clippy::unused_async, reason = "members are calls of async fns")]

use std::future::Future;

use gather::gather;

fn is_send<T: Future + Send>(_: T) {}

async fn leaf() -> u8 {
    0
}

#[test]
fn one_in_another() {
    macro_rules! direct {
        (.) => { leaf() };
        (. $($deeper:tt)+) => { gather!(direct!($($deeper)+), leaf()) };
    }
    let _ = || is_send(direct!(. . . . . . . . . . . . . . . . . . . . .));
}
