//! The floor: a bare loop that polls each future exactly as often as needed, with a waker that does nothing. No group at all.

use std::hint::black_box;
use std::pin::Pin;
use std::task::{Context, Waker};

use crate::Item;
use crate::items::Rhythm;

/// Polls `members` as the item's rhythm says.
#[inline]
pub fn floor<F, M, W>(members: &mut [Pin<&mut F>], item: Item<M, W>)
where
    F: Future,
    M: Copy,
    W: Fn() -> Option<usize> + Copy,
{
    floor_by(black_box(members), |members, i| members[i].as_mut(), item);
}

/// The same for a list: its futures need no pin.
#[inline]
pub fn floor_of_list<F, M, W>(members: &mut [F], item: Item<M, W>)
where
    F: Future + Unpin,
    M: Copy,
    W: Fn() -> Option<usize> + Copy,
{
    floor_by(black_box(members), |members, i| Pin::new(&mut members[i]), item);
}

#[inline]
fn floor_by<T, F, M, W>(members: &mut [T], pinned: impl Fn(&mut [T], usize) -> Pin<&mut F>, item: Item<M, W>)
where
    F: Future,
    M: Copy,
    W: Fn() -> Option<usize> + Copy,
{
    let mut cx = Context::from_waker(Waker::noop());
    let mut poll = |members: &mut [T], i| {
        let _ = black_box(pinned(members, i).poll(&mut cx));
    };
    for i in 0..members.len() {
        poll(members, i);
    }
    match item.rhythm {
        Rhythm::Once => {}
        Rhythm::Twice => {
            for i in 0..members.len() {
                poll(members, i);
            }
        }
        Rhythm::OneAtATime => {
            while let Some(i) = (item.wake_one)() {
                poll(members, i);
            }
        }
    }
}
