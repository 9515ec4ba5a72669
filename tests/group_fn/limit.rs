//! `limit = n`: at most so many members of a stage are in progress at once.

use std::panic::AssertUnwindSafe;

use futures::FutureExt as _;
use gather::gather_group;

use crate::clock::Clock;

#[gather_group(limit = 2)]
async fn four(clock: &Clock) -> Result<u8, u8> {
    let a = clock.step("a", 1, 1).await;
    let b = clock.step("b", 3, Ok::<u8, u8>(1)).await?;
    let c = clock.step("c", 1, 1).await;
    let d = clock.step("d", 2, 1).await;
    let e = clock.step("e", 1, a).await;
    let f = clock.step("f", 1, b).await;
    Ok(a + b + c + d + e + f)
}

#[tokio::test(start_paused = true)]
async fn the_next_starts_when_one_is_done() {
    let clock = Clock::new();
    assert_eq!(four(&clock).await, Ok(6));
    assert_eq!(clock.seen(), "a 0-1, b 0-3, c 1-2, d 2-4, e 4-5, f 4-5");
}

#[gather_group(limit = 1)]
async fn fails(clock: &Clock) -> Result<u8, u8> {
    let a = clock.step("a", 1, Err::<u8, u8>(1)).await?;
    let b = clock.step("b", 1, 1).await;
    Ok(a + b)
}

#[tokio::test(start_paused = true)]
async fn what_has_not_started_never_does() {
    let clock = Clock::new();
    assert_eq!(fails(&clock).await, Err(1));
    assert_eq!(clock.seen(), "a 0-1");
}

const AT_ONCE: usize = 1;

#[gather_group(limit = AT_ONCE + n)]
async fn computed(clock: &Clock, n: usize) -> u8 {
    let a = clock.step("a", 1, 1).await;
    let b = clock.step("b", 1, 1).await;
    a + b
}

#[tokio::test(start_paused = true)]
async fn the_limit_is_any_expression() {
    let clock = Clock::new();
    assert_eq!(computed(&clock, 0).await, 2);
    assert_eq!(clock.seen(), "a 0-1, b 1-2");
    assert_eq!(computed(&clock, 1).await, 2);
    assert_eq!(clock.seen(), "a 2-3, b 2-3");
    let none = AssertUnwindSafe(computed(&clock, 0_usize.wrapping_sub(1))).catch_unwind().await;
    assert!(none.is_err());
}
