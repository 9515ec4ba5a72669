//! Sixteen members of 16 KiB, on threads of 2 MiB: those of the tests, and of tokio's workers.

use std::future::pending;
use std::hint::black_box;
use std::time::Duration;

use gather::{gather, gather_group};

const BYTES: usize = 16 << 10;

const LONG: Duration = Duration::from_secs(3600);

async fn large(n: u8) -> u8 {
    let bytes = [n; BYTES];
    tokio::task::yield_now().await;
    black_box(&bytes)[BYTES - 1]
}

async fn fallible(n: u8) -> Result<u8, String> {
    Ok(large(n).await)
}

async fn after(n: &u8) -> u8 {
    large(*n).await
}

#[tokio::test]
async fn tuple() {
    let r = gather!(
        large(1),
        large(2),
        large(3),
        large(4),
        large(5),
        large(6),
        large(7),
        large(8),
        large(9),
        large(10),
        large(11),
        large(12),
        large(13),
        large(14),
        large(15),
        large(16),
    );
    assert_eq!(r.await.15, 16);
}

#[tokio::test]
async fn record() {
    let r = gather! {
        a => large(1), b => large(2), c => large(3),
        d => large(4), e => large(5), f => large(6),
        g => large(7), h => large(8), i => large(9),
        j => large(10), k => large(11), l => large(12),
        m => large(13), n => large(14), o => large(15),
        p => large(16),
    };
    let r = r.await;
    assert_eq!((r.a, r.p), (1, 16));
}

struct Fields {
    a: u8,
    b: u8,
    c: u8,
    d: u8,
    e: u8,
    f: u8,
    g: u8,
    h: u8,
    i: u8,
    j: u8,
    k: u8,
    l: u8,
    m: u8,
    n: u8,
    o: u8,
    p: u8,
}

#[tokio::test]
async fn fields() {
    let r = gather! { Fields {
        a: large(1), b: large(2), c: large(3),
        d: large(4), e: large(5), f: large(6),
        g: large(7), h: large(8), i: large(9),
        j: large(10), k: large(11), l: large(12),
        m: large(13), n: large(14), o: large(15),
        p: large(16),
    } };
    let r = r.await;
    assert_eq!((r.a, r.p), (1, 16));
}

#[tokio::test]
async fn question() {
    let r = gather!(
        fallible(1)?,
        fallible(2)?,
        fallible(3)?,
        fallible(4)?,
        fallible(5)?,
        fallible(6)?,
        fallible(7)?,
        fallible(8)?,
        fallible(9)?,
        fallible(10)?,
        fallible(11)?,
        fallible(12)?,
        fallible(13)?,
        fallible(14)?,
        fallible(15)?,
        fallible(16)?,
    );
    assert_eq!(r.await.unwrap().15, 16);
}

#[tokio::test]
async fn name_errors() {
    let r = gather!(
        fallible(1)?, fallible(2)?, fallible(3)?, fallible(4)?,
        fallible(5)?, fallible(6)?, fallible(7)?, fallible(8)?,
        fallible(9)?, fallible(10)?, fallible(11)?, fallible(12)?,
        fallible(13)?, fallible(14)?, fallible(15)?, fallible(16)?; name_errors
    );
    assert_eq!(r.await.unwrap().15, 16);
}

#[tokio::test]
async fn all_errors() {
    let r = gather!(
        fallible(1)?, fallible(2)?, fallible(3)?, fallible(4)?,
        fallible(5)?, fallible(6)?, fallible(7)?, fallible(8)?,
        fallible(9)?, fallible(10)?, fallible(11)?, fallible(12)?,
        fallible(13)?, fallible(14)?, fallible(15)?, fallible(16)?; all_errors
    );
    assert_eq!(r.await.unwrap().15, 16);
}

#[tokio::test]
async fn return_exceptions() {
    let r = gather!(
        large(1), large(2), large(3), large(4),
        large(5), large(6), large(7), large(8),
        large(9), large(10), large(11), large(12),
        large(13), large(14), large(15), large(16); return_exceptions
    );
    assert_eq!(r.await.15.unwrap(), 16);
}

#[tokio::test]
async fn return_exceptions_of_results() {
    let r = gather!(
        fallible(1)?, fallible(2)?, fallible(3)?, fallible(4)?,
        fallible(5)?, fallible(6)?, fallible(7)?, fallible(8)?,
        fallible(9)?, fallible(10)?, fallible(11)?, fallible(12)?,
        fallible(13)?, fallible(14)?, fallible(15)?, fallible(16)?; return_exceptions
    );
    assert_eq!(r.await.15.unwrap(), 16);
}

#[tokio::test]
async fn limit() {
    let r = gather!(
        large(1), large(2), large(3), large(4),
        large(5), large(6), large(7), large(8),
        large(9), large(10), large(11), large(12),
        large(13), large(14), large(15), large(16); limit = 4
    );
    assert_eq!(r.await.15, 16);
}

#[tokio::test]
async fn timeout() {
    let r = gather!(
        large(1), large(2), large(3), large(4),
        large(5), large(6), large(7), large(8),
        large(9), large(10), large(11), large(12),
        large(13), large(14), large(15), large(16); timeout = LONG, return_exceptions
    );
    assert_eq!(r.await.15.unwrap(), 16);
}

#[tokio::test]
async fn until() {
    let r = gather!(
        large(1), large(2), large(3), large(4),
        large(5), large(6), large(7), large(8),
        large(9), large(10), large(11), large(12),
        large(13), large(14), large(15), large(16); until = pending::<()>(), return_exceptions
    );
    assert_eq!(r.await.15.unwrap(), 16);
}

#[tokio::test]
async fn dependants() {
    let r = gather! {
        a => large(1), b => |a| after(a), c => large(3),
        d => |c| after(c), e => large(5), f => |e| after(e),
        g => large(7), h => |g| after(g), i => large(9),
        j => |i| after(i), k => large(11), l => |k| after(k),
        m => large(13), n => |m| after(m), o => large(15),
        p => |o| after(o),
    };
    let r = r.await;
    assert_eq!((r.a, r.p), (1, 15));
}

#[gather_group]
async fn staged() -> u8 {
    let a = large(1).await;
    let b = large(2).await;
    let c = large(3).await;
    let d = large(4).await;
    let e = large(5).await;
    let f = large(6).await;
    let g = large(7).await;
    let h = large(8).await;
    let i = large(9).await;
    let j = large(10).await;
    let k = large(11).await;
    let l = large(12).await;
    let m = large(13).await;
    let n = large(14).await;
    let o = large(15).await;
    let p = large(16).await;
    a + b + c + d + e + f + g + h + i + j + k + l + m + n + o + p
}

#[tokio::test]
async fn stage() {
    assert_eq!(staged().await, 136);
}
