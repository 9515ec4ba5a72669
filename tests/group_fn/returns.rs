//! The fn may return anything.

use std::fmt::Display;
use std::ops::ControlFlow;
use std::panic::AssertUnwindSafe;

use futures::FutureExt as _;
use gather::gather_group;

use crate::clock::Clock;

#[gather_group]
async fn option(clock: &Clock, b: Option<u8>) -> Option<u8> {
    let a = clock.step("a", 2, Some(1)).await?;
    let b = clock.step("b", 1, b).await?;
    let c = clock.step("c", 1, 1).await;
    Some(a + b + c)
}

#[tokio::test(start_paused = true)]
async fn an_option() {
    let clock = Clock::new();
    assert_eq!(option(&clock, Some(2)).await, Some(4));
    assert_eq!(clock.seen(), "a 0-2, b 0-1, c 0-1");
    let clock = Clock::new();
    assert_eq!(option(&clock, None).await, None);
    assert_eq!(clock.seen(), "a 0!1, b 0-1, c 0-1");
}

#[gather_group]
async fn control_flow(clock: &Clock, b: ControlFlow<u8, &str>) -> ControlFlow<u8> {
    let _a = clock.step("a", 2, 1).await;
    let _b = clock.step("b", 1, b).await?;
    ControlFlow::Continue(())
}

#[tokio::test(start_paused = true)]
async fn a_control_flow() {
    let clock = Clock::new();
    assert_eq!(control_flow(&clock, ControlFlow::Continue("x")).await, ControlFlow::Continue(()));
    assert_eq!(control_flow(&clock, ControlFlow::Break(3)).await, ControlFlow::Break(3));
    assert_eq!(clock.seen(), "a 0-2, b 0-1, a 2!3, b 2-3");
}

#[gather_group]
async fn nothing(clock: &Clock, log: &mut Vec<u8>) {
    let a = clock.step("a", 1, 1).await;
    let b = clock.step("b", 1, Err::<u8, u8>(2)).await;
    log.push(a + b.unwrap_err());
}

#[gather_group]
async fn ends_with_a_let(clock: &Clock) {
    let _a = clock.step("a", 1, 1).await;
    let _b = clock.step("b", 1, 2).await;
}

#[gather_group]
async fn never(clock: &Clock) -> ! {
    let a = clock.step("a", 1, 1).await;
    let b = clock.step("b", 1, 2).await;
    panic!("{}", a + b)
}

#[gather_group]
async fn never_ends(clock: &Clock) -> u8 {
    let _a = clock.step("a", 1, 1).await;
    let _b = clock.step("b", 1, 1).await;
    let _endless = never(clock).await;
}

#[tokio::test(start_paused = true)]
async fn nothing_and_never() {
    let clock = Clock::new();
    let mut log = vec![];
    nothing(&clock, &mut log).await;
    assert_eq!((log, clock.seen().as_str()), (vec![3], "a 0-1, b 0-1"));
    ends_with_a_let(&clock).await;
    assert_eq!(clock.seen(), "a 1-2, b 1-2");
    let Err(payload) = AssertUnwindSafe(never(&clock)).catch_unwind().await;
    assert_eq!(payload.downcast_ref(), Some(&"3".to_owned()));
    assert_eq!(clock.seen(), "a 2-3, b 2-3");
    assert!(AssertUnwindSafe(never_ends(&clock)).catch_unwind().await.is_err());
    assert_eq!(clock.seen(), "a 3-4, b 3-4, a 4-5, b 4-5");
}

#[gather_group]
async fn opaque(clock: &Clock) -> impl Display + use<> {
    let a = clock.step("a", 1, 1).await;
    let b = clock.step("b", 1, 2).await;
    format!("{a}{b}")
}

#[gather_group]
async fn opaque_inside(clock: &Clock, b: Result<u8, u16>) -> Result<Vec<impl Display + use<>>, u32> {
    let a = clock.step("a", 1, 1).await;
    let b = clock.step("b", 1, b).await?;
    Ok(vec![a, b])
}

#[gather_group]
async fn opaque_with_question_mark(clock: &Clock, a: Result<u8, u8>) -> impl std::fmt::Debug + use<> {
    let a = clock.step("a", 1, a).await?;
    let b = clock.step("b", 1, 2).await;
    let c = clock.step("c", 1, 2).await;
    Ok::<u8, u8>(a + b + c)
}

#[tokio::test(start_paused = true)]
async fn impl_trait() {
    let clock = Clock::new();
    assert_eq!(opaque(&clock).await.to_string(), "12");
    assert_eq!(clock.seen(), "a 0-1, b 0-1");
    assert_eq!(opaque_inside(&clock, Ok(2)).await.unwrap()[1].to_string(), "2");
    assert_eq!(opaque_inside(&clock, Err(2)).await.err(), Some(2));
    assert_eq!(clock.seen(), "a 1-2, b 1-2, a 2-3, b 2-3");
    // Nothing says what `?` does there, so that `let` stays where it is.
    assert_eq!(format!("{:?}", opaque_with_question_mark(&clock, Ok(1)).await), "Ok(5)");
    assert_eq!(clock.seen(), "a 3-4, b 4-5, c 4-5");
}

#[gather_group]
async fn plain(clock: &Clock) -> (u8, Result<u8, u8>) {
    let a = clock.step("a", 1, 1).await;
    let b = clock.step("b", 1, Err(2)).await;
    (a, b)
}

#[gather_group]
async fn futures(clock: &Clock) -> u8 {
    let a = clock.step("a", 1, std::future::ready(1)).await;
    let b = clock.step("b", 1, Box::pin(async { 2 })).await;
    a.await + b.await
}

#[tokio::test(start_paused = true)]
async fn other_values() {
    let clock = Clock::new();
    assert_eq!(plain(&clock).await, (1, Err(2)));
    assert_eq!(futures(&clock).await, 3);
    assert_eq!(clock.seen(), "a 0-1, b 0-1, a 1-2, b 1-2");
}
