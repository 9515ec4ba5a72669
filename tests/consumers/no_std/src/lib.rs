//! Buttons that interrupts press, and groups that wait for them.
#![no_std]
#![forbid(unsafe_code)]

use core::cell::RefCell;
use core::future::poll_fn;
use core::sync::atomic::{AtomicU32, Ordering};
use core::task::{Poll, Waker};

use critical_section::Mutex;
use gather::gather;

pub struct Button {
    /// 0 until it is pressed.
    strength: AtomicU32,
    waker: Mutex<RefCell<Option<Waker>>>,
}

/// A button was pressed too hard.
#[derive(Debug, PartialEq)]
pub struct Broken(pub u32);

impl Button {
    pub const fn new() -> Self {
        Self { strength: AtomicU32::new(0), waker: Mutex::new(RefCell::new(None)) }
    }

    /// What an interrupt calls.
    pub fn press(&self, strength: u32) {
        self.strength.store(strength, Ordering::Release);
        if let Some(waker) = critical_section::with(|section| self.waker.borrow_ref_mut(section).take()) {
            waker.wake();
        }
    }

    pub async fn pressed(&self) -> Result<u32, Broken> {
        poll_fn(|cx| {
            let stale = critical_section::with(|section| self.waker.borrow_ref_mut(section).replace(cx.waker().clone()));
            drop(stale);
            match self.strength.load(Ordering::Acquire) {
                0 => Poll::Pending,
                strength @ 1..100 => Poll::Ready(Ok(strength)),
                strength => Poll::Ready(Err(Broken(strength))),
            }
        })
        .await
    }
}

impl Default for Button {
    fn default() -> Self {
        Self::new()
    }
}

/// A group of eight members, one of which waits for others: allocates nothing.
pub async fn eight(buttons: &[Button; 7]) -> Result<u32, Broken> {
    let [a, b, c, d, e, f, g] = buttons;
    let pressed = gather! {
        a => a.pressed()?,
        b => b.pressed()?,
        c => c.pressed()?,
        d => d.pressed()?,
        e => e.pressed()?,
        f => f.pressed()?,
        g => g.pressed()?,
        both => |a, b| async { *a + *b },
    }
    .await?;
    Ok(pressed.both + pressed.c + pressed.d + pressed.e + pressed.f + pressed.g)
}

#[cfg(test)]
mod tests {
    extern crate std;

    use core::future::Future;
    use core::pin::pin;
    use core::task::Context;
    use std::sync::Arc;
    use std::task::Wake;
    use std::thread::{self, Thread};
    use std::vec::Vec;

    use super::*;

    struct Unpark(Thread);

    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }

    fn block_on<T>(future: impl Future<Output = T>) -> T {
        let waker = Waker::from(Arc::new(Unpark(thread::current())));
        let mut future = pin!(future);
        loop {
            match future.as_mut().poll(&mut Context::from_waker(&waker)) {
                Poll::Ready(output) => return output,
                Poll::Pending => thread::park(),
            }
        }
    }

    #[test]
    fn eight_members_without_std() {
        let buttons: [Button; 7] = Default::default();
        thread::scope(|scope| {
            scope.spawn(|| buttons.iter().zip(1..8).rev().for_each(|(button, strength)| button.press(strength)));
            assert_eq!(block_on(eight(&buttons)), Ok(1 + 2 + 3 + 4 + 5 + 6 + 7));
        });
        buttons[3].press(100);
        assert_eq!(block_on(eight(&buttons)), Err(Broken(100)));
    }

    #[test]
    fn a_long_list_and_a_limit_without_std() {
        let buttons: Vec<Button> = (0..200).map(|_| Button::new()).collect();
        thread::scope(|scope| {
            scope.spawn(|| buttons.iter().rev().for_each(|button| button.press(1)));
            let all = block_on(async { gather!(*buttons.iter().map(Button::pressed)).await });
            assert!(all.iter().all(|pressed| *pressed == Ok(1)) && all.len() == 200);
        });
        let few = block_on(async { gather!(*buttons.iter().map(Button::pressed); limit = 3, return_exceptions).await });
        assert_eq!(few.len(), 200);
    }
}
