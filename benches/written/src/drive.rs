//! How a group is driven: nothing hides it from the compiler.

use std::cell::Cell;
use std::hint::black_box;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::task::{Context, Poll, Wake, Waker};

use gather_bench_peers::items::Rhythm;
use gather_bench_peers::{Entry, Item};

use crate::members::Slots;

/// What the task's waker does: it sets a flag.
struct Flag(AtomicBool);

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Relaxed);
    }
    fn wake_by_ref(self: &Arc<Self>) {
        self.0.store(true, Relaxed);
    }
}

/// An entry that awaits what `group` makes of the slots.
pub(crate) fn entry<W, G>(peer: &'static str, item: Item<Slots, W>, group: impl Fn(Slots) -> G + 'static) -> Entry
where
    W: Fn() -> Option<usize> + Copy + 'static,
    G: Future<Output = u64>,
{
    let flag = Arc::new(Flag(AtomicBool::new(false)));
    let waker = Waker::from(Arc::clone(&flag));
    Entry::bare(peer, item, move |item| {
        let mut group = pin!(group(item.make));
        let mut cx = Context::from_waker(&waker);
        loop {
            if let Poll::Ready(output) = group.as_mut().poll(&mut cx) {
                black_box(output);
                return;
            }
            while !flag.0.load(Relaxed) {
                assert!((item.wake_one)().is_some(), "the group is pending, and nobody is left to wake it");
            }
            flag.0.store(false, Relaxed);
        }
    })
}

/// The floor: each member is polled as often as needed, with a waker that does nothing.
pub(crate) fn floor<W: Fn() -> Option<usize> + Copy>(
    item: Item<Slots, W>,
    poll: &mut dyn FnMut(usize, &mut Context<'_>),
) {
    let (n, mut cx) = (item.make.len(), Context::from_waker(Waker::noop()));
    (0..n).for_each(|i| poll(i, &mut cx));
    match item.rhythm {
        Rhythm::Once => {}
        Rhythm::Twice => (0..n).for_each(|i| poll(i, &mut cx)),
        Rhythm::OneAtATime => {
            let woken = Cell::new(0);
            while let Some(i) = (item.wake_one)() {
                woken.set(woken.get() + 1);
                poll(i, &mut cx);
            }
            assert_eq!(woken.get(), n);
        }
    }
}
