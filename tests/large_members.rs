//! Large members on threads as small as they usually are, in a build that is not optimised.
#![cfg(feature = "tokio")]
#![forbid(unsafe_code)]
#![allow(clippy::unused_async, reason = "members are calls of async fns")]
#![allow(clippy::many_single_char_names, reason = "sixteen of them")]
#![allow(clippy::large_futures, clippy::large_stack_arrays, reason = "that is what it is about")]
#![allow(dead_code, reason = "the fields of records and structs are made, and that is all")]

use std::future::pending;
use std::hint::black_box;
use std::time::Duration;

use gather::{gather, gather_group};

type Wrong = String;

async fn large<const BYTES: usize>(n: u8) -> u8 {
    let bytes = [n; BYTES];
    tokio::task::yield_now().await;
    black_box(&bytes)[BYTES - 1]
}

async fn fallible<const BYTES: usize>(n: u8) -> Result<u8, Wrong> {
    Ok(large::<BYTES>(n).await)
}

async fn after<const BYTES: usize>(n: &u8) -> u8 {
    large::<BYTES>(*n).await
}

const LONG: Duration = Duration::from_secs(3600);

/// `names of forms` on a thread of 2 MiB each: those of the tests, and of tokio's workers.
macro_rules! on_threads {
    ($($form:ident)+) => { $(
        #[test]
        fn $form() {
            let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(|| {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
                runtime.block_on(super::$form());
            });
            thread.unwrap().join().unwrap();
        }
    )+ };
}

mod four {
    //! Four members of 64 KiB.
    use super::*;

    mod on_a_thread {
        on_threads! {
            tuple record fields question name_errors all_errors return_exceptions limit timeout until dependants stage
        }
    }

    const BYTES: usize = 64 << 10;

    struct Fields {
        a: u8,
        b: u8,
        c: u8,
        d: u8,
    }

    async fn tuple() {
        let r = gather!(large::<BYTES>(1), large::<BYTES>(2), large::<BYTES>(3), large::<BYTES>(4)).await;
        assert_eq!(r, (1, 2, 3, 4));
    }

    async fn record() {
        let r =
            gather! { a => large::<BYTES>(1), b => large::<BYTES>(2), c => large::<BYTES>(3), d => large::<BYTES>(4) };
        let r = r.await;
        assert_eq!((r.a, r.b, r.c, r.d), (1, 2, 3, 4));
    }

    async fn fields() {
        let r = gather! { Fields { a: large::<BYTES>(1), b: large::<BYTES>(2), c: large::<BYTES>(3), d: large::<BYTES>(4) } };
        let r = r.await;
        assert_eq!((r.a, r.b, r.c, r.d), (1, 2, 3, 4));
    }

    async fn question() {
        let r = gather!(fallible::<BYTES>(1)?, fallible::<BYTES>(2)?, fallible::<BYTES>(3)?, large::<BYTES>(4)).await;
        assert_eq!(r, Ok((1, 2, 3, 4)));
    }

    async fn name_errors() {
        let r = gather!(fallible::<BYTES>(1)?, fallible::<BYTES>(2)?, fallible::<BYTES>(3)?, large::<BYTES>(4); name_errors);
        assert_eq!(r.await.unwrap(), (1, 2, 3, 4));
    }

    async fn all_errors() {
        let r =
            gather!(fallible::<BYTES>(1)?, fallible::<BYTES>(2)?, fallible::<BYTES>(3)?, large::<BYTES>(4); all_errors);
        assert_eq!(r.await.unwrap(), (1, 2, 3, 4));
    }

    async fn return_exceptions() {
        let r = gather!(fallible::<BYTES>(1)?, fallible::<BYTES>(2)?, large::<BYTES>(3), large::<BYTES>(4); return_exceptions);
        let r = r.await;
        assert_eq!((r.0.unwrap(), r.1.unwrap(), r.2.unwrap(), r.3.unwrap()), (1, 2, 3, 4));
    }

    async fn limit() {
        let r = gather!(large::<BYTES>(1), large::<BYTES>(2), large::<BYTES>(3), large::<BYTES>(4); limit = 2).await;
        assert_eq!(r, (1, 2, 3, 4));
    }

    async fn timeout() {
        let r = gather!(
            large::<BYTES>(1), large::<BYTES>(2), large::<BYTES>(3), large::<BYTES>(4);
            timeout = LONG, return_exceptions
        );
        assert_eq!(r.await.3.unwrap(), 4);
    }

    async fn until() {
        let r = gather!(
            large::<BYTES>(1), large::<BYTES>(2), large::<BYTES>(3), large::<BYTES>(4);
            until = pending::<()>(), return_exceptions
        );
        assert_eq!(r.await.3.unwrap(), 4);
    }

    async fn dependants() {
        let r = gather! {
            a => large::<BYTES>(1),
            b => |a| after::<BYTES>(a),
            c => large::<BYTES>(3),
            d => |c| after::<BYTES>(c),
        };
        let r = r.await;
        assert_eq!((r.a, r.b, r.c, r.d), (1, 1, 3, 3));
    }

    #[gather_group]
    async fn staged() -> u8 {
        let a = large::<BYTES>(1).await;
        let b = large::<BYTES>(2).await;
        let c = large::<BYTES>(3).await;
        let d = large::<BYTES>(4).await;
        a + b + c + d
    }

    async fn stage() {
        assert_eq!(staged().await, 10);
    }
}

mod sixteen {
    //! Sixteen members of 16 KiB.
    use super::*;

    const BYTES: usize = 16 << 10;

    #[tokio::test]
    async fn tuple() {
        let r = gather!(
            large::<BYTES>(1),
            large::<BYTES>(2),
            large::<BYTES>(3),
            large::<BYTES>(4),
            large::<BYTES>(5),
            large::<BYTES>(6),
            large::<BYTES>(7),
            large::<BYTES>(8),
            large::<BYTES>(9),
            large::<BYTES>(10),
            large::<BYTES>(11),
            large::<BYTES>(12),
            large::<BYTES>(13),
            large::<BYTES>(14),
            large::<BYTES>(15),
            large::<BYTES>(16),
        );
        assert_eq!(r.await.15, 16);
    }

    #[tokio::test]
    async fn record() {
        let r = gather! {
            a => large::<BYTES>(1), b => large::<BYTES>(2), c => large::<BYTES>(3),
            d => large::<BYTES>(4), e => large::<BYTES>(5), f => large::<BYTES>(6),
            g => large::<BYTES>(7), h => large::<BYTES>(8), i => large::<BYTES>(9),
            j => large::<BYTES>(10), k => large::<BYTES>(11), l => large::<BYTES>(12),
            m => large::<BYTES>(13), n => large::<BYTES>(14), o => large::<BYTES>(15),
            p => large::<BYTES>(16),
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
            a: large::<BYTES>(1), b: large::<BYTES>(2), c: large::<BYTES>(3),
            d: large::<BYTES>(4), e: large::<BYTES>(5), f: large::<BYTES>(6),
            g: large::<BYTES>(7), h: large::<BYTES>(8), i: large::<BYTES>(9),
            j: large::<BYTES>(10), k: large::<BYTES>(11), l: large::<BYTES>(12),
            m: large::<BYTES>(13), n: large::<BYTES>(14), o: large::<BYTES>(15),
            p: large::<BYTES>(16),
        } };
        let r = r.await;
        assert_eq!((r.a, r.p), (1, 16));
    }

    #[tokio::test]
    async fn question() {
        let r = gather!(
            fallible::<BYTES>(1)?,
            fallible::<BYTES>(2)?,
            fallible::<BYTES>(3)?,
            fallible::<BYTES>(4)?,
            fallible::<BYTES>(5)?,
            fallible::<BYTES>(6)?,
            fallible::<BYTES>(7)?,
            fallible::<BYTES>(8)?,
            fallible::<BYTES>(9)?,
            fallible::<BYTES>(10)?,
            fallible::<BYTES>(11)?,
            fallible::<BYTES>(12)?,
            fallible::<BYTES>(13)?,
            fallible::<BYTES>(14)?,
            fallible::<BYTES>(15)?,
            fallible::<BYTES>(16)?,
        );
        assert_eq!(r.await.unwrap().15, 16);
    }

    #[tokio::test]
    async fn name_errors() {
        let r = gather!(
            fallible::<BYTES>(1)?, fallible::<BYTES>(2)?, fallible::<BYTES>(3)?, fallible::<BYTES>(4)?,
            fallible::<BYTES>(5)?, fallible::<BYTES>(6)?, fallible::<BYTES>(7)?, fallible::<BYTES>(8)?,
            fallible::<BYTES>(9)?, fallible::<BYTES>(10)?, fallible::<BYTES>(11)?, fallible::<BYTES>(12)?,
            fallible::<BYTES>(13)?, fallible::<BYTES>(14)?, fallible::<BYTES>(15)?, fallible::<BYTES>(16)?; name_errors
        );
        assert_eq!(r.await.unwrap().15, 16);
    }

    #[tokio::test]
    async fn all_errors() {
        let r = gather!(
            fallible::<BYTES>(1)?, fallible::<BYTES>(2)?, fallible::<BYTES>(3)?, fallible::<BYTES>(4)?,
            fallible::<BYTES>(5)?, fallible::<BYTES>(6)?, fallible::<BYTES>(7)?, fallible::<BYTES>(8)?,
            fallible::<BYTES>(9)?, fallible::<BYTES>(10)?, fallible::<BYTES>(11)?, fallible::<BYTES>(12)?,
            fallible::<BYTES>(13)?, fallible::<BYTES>(14)?, fallible::<BYTES>(15)?, fallible::<BYTES>(16)?; all_errors
        );
        assert_eq!(r.await.unwrap().15, 16);
    }

    #[tokio::test]
    async fn return_exceptions() {
        let r = gather!(
            large::<BYTES>(1), large::<BYTES>(2), large::<BYTES>(3), large::<BYTES>(4),
            large::<BYTES>(5), large::<BYTES>(6), large::<BYTES>(7), large::<BYTES>(8),
            large::<BYTES>(9), large::<BYTES>(10), large::<BYTES>(11), large::<BYTES>(12),
            large::<BYTES>(13), large::<BYTES>(14), large::<BYTES>(15), large::<BYTES>(16); return_exceptions
        );
        assert_eq!(r.await.15.unwrap(), 16);
    }

    #[tokio::test]
    async fn return_exceptions_of_results() {
        let r = gather!(
            fallible::<BYTES>(1)?, fallible::<BYTES>(2)?, fallible::<BYTES>(3)?, fallible::<BYTES>(4)?,
            fallible::<BYTES>(5)?, fallible::<BYTES>(6)?, fallible::<BYTES>(7)?, fallible::<BYTES>(8)?,
            fallible::<BYTES>(9)?, fallible::<BYTES>(10)?, fallible::<BYTES>(11)?, fallible::<BYTES>(12)?,
            fallible::<BYTES>(13)?, fallible::<BYTES>(14)?, fallible::<BYTES>(15)?, fallible::<BYTES>(16)?; return_exceptions
        );
        assert_eq!(r.await.15.unwrap(), 16);
    }

    #[tokio::test]
    async fn limit() {
        let r = gather!(
            large::<BYTES>(1), large::<BYTES>(2), large::<BYTES>(3), large::<BYTES>(4),
            large::<BYTES>(5), large::<BYTES>(6), large::<BYTES>(7), large::<BYTES>(8),
            large::<BYTES>(9), large::<BYTES>(10), large::<BYTES>(11), large::<BYTES>(12),
            large::<BYTES>(13), large::<BYTES>(14), large::<BYTES>(15), large::<BYTES>(16); limit = 4
        );
        assert_eq!(r.await.15, 16);
    }

    #[tokio::test]
    async fn timeout() {
        let r = gather!(
            large::<BYTES>(1), large::<BYTES>(2), large::<BYTES>(3), large::<BYTES>(4),
            large::<BYTES>(5), large::<BYTES>(6), large::<BYTES>(7), large::<BYTES>(8),
            large::<BYTES>(9), large::<BYTES>(10), large::<BYTES>(11), large::<BYTES>(12),
            large::<BYTES>(13), large::<BYTES>(14), large::<BYTES>(15), large::<BYTES>(16); timeout = LONG, return_exceptions
        );
        assert_eq!(r.await.15.unwrap(), 16);
    }

    #[tokio::test]
    async fn until() {
        let r = gather!(
            large::<BYTES>(1), large::<BYTES>(2), large::<BYTES>(3), large::<BYTES>(4),
            large::<BYTES>(5), large::<BYTES>(6), large::<BYTES>(7), large::<BYTES>(8),
            large::<BYTES>(9), large::<BYTES>(10), large::<BYTES>(11), large::<BYTES>(12),
            large::<BYTES>(13), large::<BYTES>(14), large::<BYTES>(15), large::<BYTES>(16); until = pending::<()>(), return_exceptions
        );
        assert_eq!(r.await.15.unwrap(), 16);
    }

    #[tokio::test]
    async fn dependants() {
        let r = gather! {
            a => large::<BYTES>(1), b => |a| after::<BYTES>(a), c => large::<BYTES>(3),
            d => |c| after::<BYTES>(c), e => large::<BYTES>(5), f => |e| after::<BYTES>(e),
            g => large::<BYTES>(7), h => |g| after::<BYTES>(g), i => large::<BYTES>(9),
            j => |i| after::<BYTES>(i), k => large::<BYTES>(11), l => |k| after::<BYTES>(k),
            m => large::<BYTES>(13), n => |m| after::<BYTES>(m), o => large::<BYTES>(15),
            p => |o| after::<BYTES>(o),
        };
        let r = r.await;
        assert_eq!((r.a, r.p), (1, 15));
    }

    #[gather_group]
    async fn staged() -> u8 {
        let a = large::<BYTES>(1).await;
        let b = large::<BYTES>(2).await;
        let c = large::<BYTES>(3).await;
        let d = large::<BYTES>(4).await;
        let e = large::<BYTES>(5).await;
        let f = large::<BYTES>(6).await;
        let g = large::<BYTES>(7).await;
        let h = large::<BYTES>(8).await;
        let i = large::<BYTES>(9).await;
        let j = large::<BYTES>(10).await;
        let k = large::<BYTES>(11).await;
        let l = large::<BYTES>(12).await;
        let m = large::<BYTES>(13).await;
        let n = large::<BYTES>(14).await;
        let o = large::<BYTES>(15).await;
        let p = large::<BYTES>(16).await;
        a + b + c + d + e + f + g + h + i + j + k + l + m + n + o + p
    }

    #[tokio::test]
    async fn stage() {
        assert_eq!(staged().await, 136);
    }
}
