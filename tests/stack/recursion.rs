//! What one level of a recursion through a group needs of the stack in a build that is not optimised.
//!
//! The bounds are multiples of what `tokio::join!` needs, since all of it depends on how much a build knows for debuggers: 544 bytes
//! with line tables, 816 with all of it. They are what is needed today and a tenth more, for other versions of rustc. What is not
//! that of the tuple is mostly the caller's own frame, which has the group's results in it several times, and what catches a panic. The
//! peers of the other forms need more than `tokio::join!`, too: they are printed beside them.

use std::cell::Cell;
use std::future::pending;
use std::panic::AssertUnwindSafe;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use futures::{FutureExt, StreamExt, stream};
use gather::{gather, gather_group};

const LEVELS: usize = 100;

type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// Where on the stack the leaf of each level was polled.
struct Depths(Vec<Cell<usize>>);

impl Depths {
    async fn note(&self, level: usize) -> u8 {
        let here = 0_u8;
        self.0[level].set((&raw const here).addr());
        here
    }

    async fn note_result(&self, level: usize) -> Result<u8, String> {
        Ok(self.note(level).await)
    }

    async fn note_after(&self, level: usize, _: &u8) -> u8 {
        self.note(level).await
    }
}

/// Bytes a level.
fn bytes(form: &str, run: impl for<'a> FnOnce(&'a Depths) -> Boxed<'a, ()>) -> u32 {
    let depths = Depths((0..=LEVELS).map(|_| Cell::new(0)).collect());
    let ended = pin!(run(&depths)).poll(&mut Context::from_waker(Waker::noop()));
    assert_eq!(ended, Poll::Ready(()), "nobody waits for anything");
    // The innermost has no group, and the outermost is called from elsewhere.
    let bytes = depths.0[LEVELS - 1].get().abs_diff(depths.0[1].get()) / (LEVELS - 2);
    println!("{form}: {bytes} bytes a level");
    u32::try_from(bytes).expect("a level is small")
}

/// What there is to be near to.
fn tokio_join(to: &Depths, level: usize) -> Boxed<'_, u8> {
    Box::pin(async move { if level == 0 { 0 } else { tokio::join!(tokio_join(to, level - 1), to.note(level)).0 } })
}

/// ``name -> output: |depths, level| future``: what else there is to be near to, as [`recursion`] measures it.
macro_rules! peers {
    ($($name:ident -> $output:ty: |$depths:ident, $level:ident| $body:expr, at last $last:expr;)+) => { $(
        #[test]
        fn $name() {
            fn $name($depths: &Depths, $level: usize) -> Boxed<'_, $output> {
                Box::pin(async move { if $level == 0 { $last } else { $body } })
            }
            let form = concat!("peer ", stringify!($name));
            assert!(bytes(form, |depths| Box::pin(async { _ = $name(depths, LEVELS).await })) > 0);
        }
    )+ };
}

peers! {
    futures_join -> u8: |to, n| futures::join!(futures_join(to, n - 1), to.note(n)).0, at last 0;
    join_of_nine -> u8: |to, n| tokio::join!(
        join_of_nine(to, n - 1), to.note(n), async {}, async {}, async {}, async {}, async {}, async {}, async {}
    ).0, at last 0;
    try_join -> Result<u8, String>: |to, n| Ok(tokio::try_join!(try_join(to, n - 1), to.note_result(n))?.0), at last Ok(0);
    join_of_catch_unwind -> u8: |to, n| tokio::join!(
        AssertUnwindSafe(join_of_catch_unwind(to, n - 1)).catch_unwind(),
        AssertUnwindSafe(to.note(n)).catch_unwind()
    ).0.unwrap_or(1), at last 0;
    join_in_an_async_fn -> u8: |to, n| joined(join_in_an_async_fn(to, n - 1), to.note(n)).await, at last 0;
    join_all -> u8: |to, n| futures::future::join_all([join_all(to, n - 1), Box::pin(to.note(n))]).await[0], at last 0;
    buffered -> u8: |to, n| {
        stream::iter([buffered(to, n - 1), Box::pin(to.note(n))]).buffered(2).collect::<Vec<_>>().await[0]
    }, at last 0;
}

async fn joined(next: impl Future<Output = u8>, leaf: impl Future<Output = u8>) -> u8 {
    let (next, leaf) = tokio::join!(next, leaf);
    next + leaf
}

/// ``name -> output, at most so many times what `tokio::join!` needs: |depths, level| future, in which `name(depths, level - 1)` is the next level;``
macro_rules! recursion {
    ($($name:ident -> $output:ty, $most:literal: |$depths:ident, $level:ident| $body:expr, at last $last:expr;)+) => { $(
        #[test]
        fn $name() {
            fn $name($depths: &Depths, $level: usize) -> Boxed<'_, $output> {
                Box::pin(async move { if $level == 0 { $last } else { $body } })
            }
            let tokio = bytes("tokio::join!", |depths| Box::pin(async { _ = tokio_join(depths, LEVELS).await }));
            let bytes = bytes(stringify!($name), |depths| Box::pin(async { _ = $name(depths, LEVELS).await }));
            let ratio = f64::from(bytes) / f64::from(tokio);
            assert!(ratio <= $most, "{bytes} bytes a level, {ratio:.2} of what tokio::join! needs");
        }
    )+ };
}

recursion! {
    tuple -> u8, 1.5: |to, n| gather!(tuple(to, n - 1), to.note(n)).await.0, at last 0;
    record -> u8, 1.5: |to, n| {
        let r = gather! { next => record(to, n - 1), leaf => to.note(n) }.await;
        r.next + r.leaf
    }, at last 0;
    question -> Result<u8, String>, 2.2: |to, n| Ok(gather!(question(to, n - 1)?, to.note_result(n)?).await?.0), at last Ok(0);
    name_errors -> Result<u8, String>, 2.5:
        |to, n| gather!(name_errors(to, n - 1)?, to.note_result(n)?; name_errors).await.map(|r| r.0).map_err(|e| e.to_string()),
        at last Ok(0);
    all_errors -> Result<u8, String>, 2.4:
        |to, n| gather!(all_errors(to, n - 1)?, to.note_result(n)?; all_errors).await.map(|r| r.0).map_err(|e| e.to_string()),
        at last Ok(0);
    return_exceptions -> u8, 2.8:
        |to, n| gather!(return_exceptions(to, n - 1), to.note(n); return_exceptions).await.0.unwrap_or(1), at last 0;
    limit -> u8, 1.6: |to, n| gather!(limit(to, n - 1), to.note(n); limit = 2).await.0, at last 0;
    until -> u8, 2.9:
        |to, n| gather!(until(to, n - 1), to.note(n); until = pending::<()>(), return_exceptions).await.0.unwrap_or(1),
        at last 0;
    dependants -> u8, 2.4: |to, n| {
        let r = gather! { next => dependants(to, n - 1), leaf => |next| to.note_after(n, next) }.await;
        r.next + r.leaf
    }, at last 0;
    list -> u8, 2.6: |to, n| {
        gather!(*[list(to, n - 1), Box::pin(to.note(n))]).await[0]
    }, at last 0;
    limited_list -> u8, 3.5: |to, n| {
        gather!(*[limited_list(to, n - 1), Box::pin(to.note(n))]; limit = 2).await[0]
    }, at last 0;
    nine -> u8, 2.9: |to, n| {
        gather!(nine(to, n - 1), to.note(n), async {}, async {}, async {}, async {}, async {}, async {}, async {}).await.0
    }, at last 0;
    stages -> u8, 2.6: |to, n| stage(stages(to, n - 1), to.note(n)).await, at last 0;
}

#[gather_group]
async fn stage(next: impl Future<Output = u8>, leaf: impl Future<Output = u8>) -> u8 {
    let next = next.await;
    let leaf = leaf.await;
    next + leaf
}
