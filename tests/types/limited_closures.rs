//! A list under `limit` whose closure borrows what it is given, inside a future that must be `Send`.
//!
//! rustc forgets which lifetimes belong together when it asks whether the future of an async fn is `Send`. Of
//! `futures::stream::iter(..).map(|word| fetch(word)).buffer_unordered(n)` it then says "implementation of `FnOnce` is not
//! general enough". Each of these forms has to compile, with the oldest Rust that the crate is for as well.
#![allow(clippy::items_after_statements, reason = "each program stands beside its result")]
#![allow(clippy::redundant_closure, reason = "the closure is what is tested")]

use std::future::{Future, pending};
use std::pin::Pin;
use std::time::Duration;

use gather::{gather, gather_group};

async fn fetch(word: &str) -> usize {
    tokio::task::yield_now().await;
    word.len()
}

async fn parse(word: &str) -> Result<usize, std::num::ParseIntError> {
    tokio::task::yield_now().await;
    word.parse()
}

struct Client {
    offset: usize,
}

impl Client {
    async fn fetch(&self, word: &str) -> usize {
        fetch(word).await + self.offset
    }

    async fn all(&self, words: &[String]) -> Vec<usize> {
        gather!(*words.iter().map(|word| self.fetch(word)); limit = 2).await
    }
}

fn words() -> Vec<String> {
    ["a", "22", "333"].map(str::to_owned).to_vec()
}

/// Runs it as a task of the runtime, where it must be `Send`.
fn in_a_task<T: Send + 'static>(future: impl Future<Output = T> + Send + 'static) -> T {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async { tokio::spawn(future).await }).expect("the task ends")
}

#[test]
fn alone() {
    let calls = in_a_task(async {
        let words = words();
        gather!(*words.iter().map(|word| fetch(word)); limit = 2).await
    });
    assert_eq!(calls, [1, 2, 3]);
    let blocks = in_a_task(async {
        let words = words();
        gather!(*words.iter().map(|word| async move { fetch(word).await }); limit = 2).await
    });
    assert_eq!(blocks, [1, 2, 3]);
    let boxed = in_a_task(async {
        let words = words();
        gather!(*words.iter().map(|word| Box::pin(fetch(word)) as Pin<Box<dyn Future<Output = usize> + Send + '_>>); limit = 2).await
    });
    assert_eq!(boxed, [1, 2, 3]);
    let of_self = in_a_task(async { Client { offset: 1 }.all(&words()).await });
    assert_eq!(of_self, [2, 3, 4]);
    let lent = in_a_task(async {
        let mut words = words();
        gather!(*words.iter_mut().map(|word| async move { word.push('!'); fetch(word).await }); limit = 2).await
    });
    assert_eq!(lent, [2, 3, 4]);
}

#[test]
fn behind_other_adapters() {
    let filtered = in_a_task(async {
        let words = words();
        gather!(*words.iter().filter(|word| word.len() > 1).map(|word| fetch(word)); limit = 2).await
    });
    assert_eq!(filtered, [2, 3]);
    let paired = in_a_task(async {
        let words = words();
        gather!(*words.iter().zip(&words).map(|(a, b)| async move { fetch(a).await + fetch(b).await }); limit = 2).await
    });
    assert_eq!(paired, [2, 4, 6]);
    let chained = in_a_task(async {
        let words = words();
        gather!(*words.iter().chain(&words).enumerate().map(|(i, word)| async move { fetch(word).await + i }); limit = 3)
            .await
            .len()
    });
    assert_eq!(chained, 6);
}

#[test]
fn under_every_policy() {
    let first = in_a_task(async {
        let words = words();
        gather!(*words.iter().map(|word| parse(word))?; limit = 2).await
    });
    assert!(first.is_err());
    let named = in_a_task(async {
        let words = words();
        gather!(*words.iter().map(|word| parse(word))?; limit = 2, name_errors).await.map_err(|e| e.to_string())
    });
    assert_eq!(named.unwrap_err().split(':').next(), Some("member `#0` failed"));
    let all = in_a_task(async {
        let words = words();
        gather!(*words.iter().map(|word| parse(word))?; limit = 2, all_errors).await.map_err(|e| e.len())
    });
    assert_eq!(all, Err(1));
    let kept = in_a_task(async {
        let words = words();
        let all = gather!(
            *words.iter().map(|word| parse(word)); limit = 2,
            return_exceptions, timeout = Duration::from_secs(99), until = pending::<()>()
        );
        all.await.into_iter().filter_map(Result::ok).sum::<usize>()
    });
    assert_eq!(kept, 22 + 333);
}

#[test]
fn beside_others() {
    let record = in_a_task(async {
        let words = words();
        let r = gather! {
            first => fetch(&words[0]),
            all => *words.iter().map(|word| fetch(word)),
            again => *words.iter().rev().map(|word| fetch(word));
            limit = 2
        };
        let r = r.await;
        (r.first, r.all, r.again)
    });
    assert_eq!(record, (1, vec![1, 2, 3], vec![3, 2, 1]));
    let waited_for = in_a_task(async {
        let words = words();
        let r = gather! {
            all => *words.iter().map(|word| fetch(word)),
            sum => async |all| { all.iter().sum::<usize>() };
            limit = 2
        };
        r.await.sum
    });
    assert_eq!(waited_for, 6);
    let waiting = in_a_task(async {
        let words = words();
        let r = gather! {
            skipped => fetch("x"),
            all => *|skipped| words.iter().skip(*skipped).map(|word| fetch(word));
            limit = 2
        };
        r.await.all
    });
    assert_eq!(waiting, [2, 3]);
}

#[test]
fn nested() {
    let inner = in_a_task(async {
        let words = words();
        gather!(*words.iter().map(|word| gather!(*word.split("").map(|part| fetch(part)); limit = 2)); limit = 2).await
    });
    assert_eq!(inner.iter().flatten().sum::<usize>(), 6);
    #[gather_group(limit = 2)]
    async fn staged(words: &[String]) -> usize {
        let all = gather!(*words.iter().map(|word| fetch(word)); limit = 2).await;
        let one = fetch(&words[0]).await;
        all.len() + one
    }
    assert_eq!(in_a_task(async { staged(&words()).await }), 4);
}
