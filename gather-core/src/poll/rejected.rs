//! A member in which the compiler has found a mistake.

use std::pin::Pin;

use super::depended::Harvest;
use super::seats::{Desk, Mask, Masks};
use super::sweep::{At, Branch, Part, Sweep};
use crate::deadline::Stop;
use crate::mistakes::RejectedPart;

impl<R> Part for RejectedPart<R> {
    type Output = R;
    const SEATS: usize = 0;
    const MEMBERS: usize = 1;
    const STARTS: bool = false;
    const SEATED: bool = true;

    unsafe fn take<M: Mask>(self: Pin<&mut Self>, _: usize, _: &mut Masks<M>) -> R {
        unreachable!("it does not compile")
    }
    unsafe fn clear<M: Mask>(self: Pin<&mut Self>, _: usize, _: &mut Masks<M>) {}
    fn seats_among(&self, _: &mut usize) -> usize {
        0
    }
}

impl<R> Harvest for RejectedPart<R> {
    fn has_ended<M: Mask>(&self, _: usize, _: &Masks<M>) -> bool {
        unreachable!("it does not compile")
    }
    unsafe fn harvest<M: Mask>(self: Pin<&mut Self>, _: usize, _: &mut Masks<M>) -> Option<R> {
        unreachable!("it does not compile")
    }
}

impl<V, R> Branch<V> for RejectedPart<R> {
    unsafe fn sweep<K: Desk>(self: Pin<&mut Self>, _: At, _: &mut Sweep<'_, '_, V, K>) {}
    unsafe fn stop<K: Desk>(self: Pin<&mut Self>, _: At, _: Stop, _: &mut Sweep<'_, '_, V, K>) {}
}
