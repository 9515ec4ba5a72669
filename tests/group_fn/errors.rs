//! `?` in an initialiser leaves the fn at once, whatever its result type is called.

use std::fmt;
use std::io;
use std::panic::AssertUnwindSafe;

use futures::FutureExt as _;
use gather::gather_group;

use crate::clock::Clock;

#[derive(Debug, PartialEq)]
enum AppError {
    Io(io::ErrorKind),
    Parse,
    Own(u8),
}

impl From<io::Error> for AppError {
    fn from(error: io::Error) -> Self {
        Self::Io(error.kind())
    }
}

impl From<std::num::ParseIntError> for AppError {
    fn from(_: std::num::ParseIntError) -> Self {
        Self::Parse
    }
}

impl fmt::Display for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl std::error::Error for AppError {}

async fn read(clock: &Clock, name: &str, ticks: u64, text: io::Result<&'static str>) -> io::Result<String> {
    clock.step(name, ticks, text).await.map(str::to_owned)
}

fn missing() -> io::Result<&'static str> {
    Err(io::ErrorKind::NotFound.into())
}

#[gather_group]
async fn sum(clock: &Clock, a: io::Result<&'static str>, b: &str) -> Result<u64, AppError> {
    let a: u64 = read(clock, "a", 3, a).await?.parse()?;
    let b = clock.step("b", 2, b.parse::<u64>()).await?;
    let c = clock.step("c", 1, if a == 9 { Err(AppError::Own(9)) } else { Ok(1) }).await?;
    Ok(a + b + c)
}

#[tokio::test(start_paused = true)]
async fn errors_are_converted_and_end_the_siblings_at_once() {
    let clock = Clock::new();
    assert_eq!(sum(&clock, Ok("4"), "5").await, Ok(10));
    assert_eq!(clock.seen(), "a 0-3, b 0-2, c 3-4");

    let clock = Clock::new();
    assert_eq!(sum(&clock, Ok("4"), "x").await, Err(AppError::Parse));
    assert_eq!(clock.seen(), "a 0!2, b 0-2");

    let clock = Clock::new();
    assert_eq!(sum(&clock, missing(), "5").await, Err(AppError::Io(io::ErrorKind::NotFound)));
    assert_eq!(sum(&clock, Ok("9"), "5").await, Err(AppError::Own(9)));
}

#[gather_group]
async fn tie(clock: &Clock) -> Result<(), u8> {
    let _slow = clock.step("slow", 2, Ok::<u8, u8>(0)).await?;
    let _first = clock.step("first", 1, Err::<u8, u8>(1)).await?;
    let _second = clock.step("second", 1, Err::<u8, u8>(2)).await?;
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn of_two_errors_in_one_sweep_the_upper_one_wins() {
    let clock = Clock::new();
    assert_eq!(tie(&clock).await, Err(1));
    assert_eq!(clock.seen(), "first 0-1, second 0-1, slow 0!1");
}

#[gather_group]
async fn panics(clock: &Clock) -> Result<u8, AppError> {
    let a = clock.step("a", 2, 1).await;
    let b: u8 = {
        clock.step("b", 1, ()).await;
        panic!("kaput")
    };
    Ok(a + b)
}

#[tokio::test(start_paused = true)]
async fn a_panic_drops_the_siblings_and_goes_on() {
    let clock = Clock::new();
    let payload = AssertUnwindSafe(panics(&clock)).catch_unwind().await.unwrap_err();
    assert_eq!(payload.downcast_ref(), Some(&"kaput"));
    assert_eq!(clock.seen(), "a 0!1, b 0-1");
}

#[tokio::test(start_paused = true)]
async fn dropping_the_fn_drops_the_members() {
    let clock = Clock::new();
    let timed_out = tokio::time::timeout(std::time::Duration::from_millis(1), sum(&clock, Ok("1"), "2")).await;
    assert!(timed_out.is_err());
    assert_eq!(clock.seen(), "a 0!1, b 0!1");
}

#[gather_group]
async fn with_anyhow(clock: &Clock, text: &'static str) -> anyhow::Result<u64> {
    let a: u64 = read(clock, "a", 1, Ok(text)).await?.parse()?;
    let b = match clock.step("b", 1, a_number(text)).await {
        Some(b) => b,
        None => anyhow::bail!("no number: {text}"),
    };
    Ok(a + b)
}

fn a_number(text: &str) -> Option<u64> {
    text.parse().ok()
}

#[gather_group]
async fn with_io(clock: &Clock, b: io::Result<&'static str>) -> io::Result<String> {
    let a = read(clock, "a", 1, Ok("a")).await?;
    let b = read(clock, "b", 1, b).await?;
    Ok(a + &b)
}

#[gather_group]
async fn with_boxed(clock: &Clock, b: io::Result<&'static str>) -> Result<String, Box<dyn std::error::Error>> {
    let a = clock.step("a", 1, Ok::<_, AppError>("a")).await?;
    let b = read(clock, "b", 1, b).await?;
    Ok(a.to_owned() + &b)
}

type Renamed<T, E = AppError> = Result<T, E>;

#[gather_group]
async fn with_own_alias(clock: &Clock, b: io::Result<&'static str>) -> Renamed<String> {
    let a = clock.step("a", 1, Ok::<_, AppError>("a")).await?;
    let b = read(clock, "b", 1, b).await?;
    Ok(a.to_owned() + &b)
}

#[tokio::test(start_paused = true)]
async fn aliases_of_result() {
    let clock = Clock::new();
    assert_eq!(with_anyhow(&clock, "4").await.unwrap(), 8);
    assert_eq!(clock.seen(), "a 0-1, b 0-1");
    let error = with_anyhow(&clock, "x").await.unwrap_err();
    assert!(error.is::<std::num::ParseIntError>());

    assert_eq!(with_io(&clock, Ok("b")).await.unwrap(), "ab");
    assert_eq!(with_io(&clock, missing()).await.unwrap_err().kind(), io::ErrorKind::NotFound);
    assert_eq!(with_boxed(&clock, Ok("b")).await.unwrap(), "ab");
    assert!(with_boxed(&clock, missing()).await.unwrap_err().is::<io::Error>());
    assert_eq!(with_own_alias(&clock, Ok("b")).await, Ok("ab".to_owned()));
    assert_eq!(with_own_alias(&clock, missing()).await, Err(AppError::Io(io::ErrorKind::NotFound)));
}

#[gather_group]
async fn early_returns(clock: &Clock, a: u64, c: Option<u64>) -> Result<u64, AppError> {
    let a = clock.step("a", 1, a).await;
    let b = clock.step("b", 2, 1).await;
    if a == 0 {
        return Ok(0);
    }
    let d = clock.step("d", 2, b).await;
    let Some(c) = clock.step("c", 1, c).await else {
        return Err(AppError::Own(u8::try_from(d).unwrap_or_default()));
    };
    let e = clock.step("e", 1, 1).await;
    Ok(a + b + c + d + e)
}

#[tokio::test(start_paused = true)]
async fn returns_between_lets_and_let_else_work_as_before() {
    let clock = Clock::new();
    assert_eq!(early_returns(&clock, 1, Some(1)).await, Ok(5));
    assert_eq!(clock.seen(), "a 0-1, b 0-2, c 2-3, d 2-4, e 4-5");
    let clock = Clock::new();
    assert_eq!(early_returns(&clock, 0, Some(1)).await, Ok(0));
    assert_eq!(clock.seen(), "a 0-1, b 0-2");
    let clock = Clock::new();
    assert_eq!(early_returns(&clock, 1, None).await, Err(AppError::Own(1)));
    assert_eq!(clock.seen(), "a 0-1, b 0-2, c 2-3, d 2-4");
}
