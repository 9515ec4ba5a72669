//! Groups that are polled by JavaScript: `run.mjs` starts them, completes their members in the order it likes, and reads the
//! sum.

use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use gather::gather;

#[derive(Default)]
struct Page {
    group: RefCell<Option<Pin<Box<dyn Future<Output = u32>>>>>,
    answers: [Cell<Option<u32>>; 8],
    wakers: [RefCell<Option<Waker>>; 8],
    polls: Cell<u32>,
}

thread_local! {
    static PAGE: Page = Page::default();
}

/// What JavaScript answers under a number.
async fn answer(number: usize) -> u32 {
    poll_fn(|cx| {
        PAGE.with(|page| {
            page.polls.set(page.polls.get() + 1);
            match page.answers[number].get() {
                Some(answer) => Poll::Ready(answer),
                None => {
                    page.wakers[number].replace(Some(cx.waker().clone()));
                    Poll::Pending
                }
            }
        })
    })
    .await
}

/// Starts a group of a record and a list.
#[unsafe(no_mangle)]
pub extern "C" fn start() {
    let group = async {
        let page = gather! { first => answer(0), second => answer(1), rest => *(2..8).map(answer); limit = 4 }.await;
        page.first + page.second + page.rest.iter().sum::<u32>()
    };
    PAGE.with(|page| page.group.replace(Some(Box::pin(group))));
}

/// Answers a member.
#[unsafe(no_mangle)]
pub extern "C" fn complete(number: u32, answer: u32) {
    PAGE.with(|page| {
        page.answers[number as usize].set(Some(answer));
        if let Some(waker) = page.wakers[number as usize].take() {
            waker.wake();
        }
    });
}

/// Polls the group: the sum, or -1 while it is pending.
#[unsafe(no_mangle)]
pub extern "C" fn poll() -> i32 {
    PAGE.with(|page| {
        let mut group = page.group.take().expect("the group was started");
        match group.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(sum) => sum.cast_signed(),
            Poll::Pending => {
                page.group.replace(Some(group));
                -1
            }
        }
    })
}

/// How often members were polled.
#[unsafe(no_mangle)]
pub extern "C" fn polls() -> u32 {
    PAGE.with(|page| page.polls.get())
}
