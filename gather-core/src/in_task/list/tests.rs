//! What is due is pending: also of a list whose items the deadline has ended before they were polled.

use alloc::vec::Vec;
use core::future::{Pending, pending};
use core::pin::Pin;
use core::task::{Context, Waker};

use super::{List, ListReady};
use crate::in_task::members::Members;
use crate::in_task::permits::Unlimited;
use crate::in_task::ready::table::ITEMS;
use crate::in_task::wakers::PollFew;
use crate::member::MemberNames;
use crate::policy::{Caught, NeverFails, ReturnsException, StopReason};

type TestList = List<Pending<()>, ReturnsException<Caught>>;

/// Which of the items are due, as the next sweep would see it.
fn due(list: &mut TestList) -> Vec<usize> {
    let len = list.items.len();
    let in_block = |block: usize, due: u64| {
        (0..ITEMS).filter(move |bit| due & 1 << bit != 0).map(move |bit| block * ITEMS + bit).collect::<Vec<_>>()
    };
    match &mut list.ready {
        ListReady::Word(slots) => in_block(0, slots.due()),
        ListReady::Prefix { .. } => (0..len).collect(),
        ListReady::Table(table) => {
            let blocks = 0..len.div_ceil(ITEMS);
            blocks.flat_map(|block| in_block(block, table.entry(block).into_state().due)).collect()
        }
    }
}

#[test]
fn what_was_stopped_is_not_due() {
    for len in [1, 8, 9, 64, 65, 128, 200] {
        let list = TestList::new((0..len).map(|_| pending()).collect());
        let mut members = Members::<_, PollFew>::new(list);
        let mut members = Pin::new(&mut members);
        assert_eq!(due(members.as_mut().list()).len(), len, "{len}: all are due before the first sweep");
        let cx = &mut Context::from_waker(Waker::noop());
        members.as_mut().stop_all(StopReason::TimedOut, cx, &mut NeverFails(MemberNames::Positions), &Unlimited);
        let list = members.as_mut().list();
        assert!((0..len).all(|item| !list.is_pending(item)), "{len}");
        assert_eq!(due(list), [], "{len}");
    }
}
