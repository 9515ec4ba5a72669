//! How much stack something needs, and members whose bytes are known.

use std::hint::black_box;
use std::panic::resume_unwind;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::thread;

#[path = "yields.rs"]
mod yields;

use yields::yield_once;

/// As large as nothing here needs it: the pages of it that are in use tell.
const ROOM: usize = 1 << 30;

/// The bytes of stack that `f` uses on a thread of its own, in whole pages.
pub fn used(f: fn()) -> usize {
    let measured = thread::Builder::new().stack_size(ROOM).spawn(move || {
        let before = resident();
        f();
        resident() - before
    });
    measured.expect("a thread starts").join().unwrap_or_else(|payload| resume_unwind(payload))
}

/// The bytes of this thread's stack that were ever written to.
fn resident() -> usize {
    let here = 0_u8;
    let here = (&raw const here).addr();
    let smaps = std::fs::read_to_string("/proc/self/smaps").expect("Linux tells what is in use");
    let mut lines =
        smaps.lines().skip_while(|line| !range(line).is_some_and(|(start, end)| (start..end).contains(&here)));
    let line = lines.find_map(|line| line.strip_prefix("Rss:")).expect("the stack is mapped");
    let kibibytes: usize = line.trim().trim_end_matches(" kB").parse().expect("a number");
    kibibytes * 1024
}

/// The addresses in the head of a mapping.
fn range(line: &str) -> Option<(usize, usize)> {
    let (start, end) = line.split_once(' ')?.0.split_once('-')?;
    Some((usize::from_str_radix(start, 16).ok()?, usize::from_str_radix(end, 16).ok()?))
}

/// So many bytes a member.
pub const MEMBER: usize = 64 << 10;

pub async fn large(n: u8) -> u8 {
    let bytes = [n; MEMBER];
    yield_once().await;
    black_box(&bytes)[MEMBER - 1]
}

pub async fn fallible(n: u8) -> Result<u8, String> {
    let bytes = [n; MEMBER];
    yield_once().await;
    Ok(black_box(&bytes)[MEMBER - 1])
}

pub async fn after(n: &u8) -> u8 {
    let bytes = [*n; MEMBER];
    yield_once().await;
    black_box(&bytes)[MEMBER - 1]
}

pub fn run<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return output;
        }
    }
}
