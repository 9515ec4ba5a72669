use futures::stream::{self, FuturesUnordered, Stream, StreamExt as _};
use gather::gather;
use tokio::task::JoinSet;

async fn f(n: u8) -> u8 {
    n
}

fn numbers() -> impl Stream<Item = u8> {
    stream::unfold(0, |n| async move { (n < 3).then_some((n, n + 1)) })
}

async fn without_a_star() {
    let r = gather! { a => stream::iter(0..3).map(f), b => f(1) }.await;
//~                        ^^^^^^^^^^^^^^^^^^^^^^^^^
    println!("{:?} {}", r.a, r.b);
}

async fn in_a_box(stream: Box<dyn Stream<Item = std::future::Ready<u8>>>) {
    let all = gather!(*stream; limit = 2).await;
//~                    ^^^^^^
    println!("{all:?}");
}

async fn borrowed() {
    let mut futures = numbers().map(f);
    let all = gather!(*&mut futures).await;
//~                    ^^^^^^^^^^^^
    println!("{all:?}");
}

async fn no_futures() {
    let all = gather!(*numbers()).await;
//~                    ^^^^^^^^^
    println!("{all:?}");
}

async fn results() {
    let set: FuturesUnordered<_> = (0..3).map(f).collect();
    let all = gather!(*set; return_exceptions).await;
//~                    ^^^
    println!("{all:?}");
}

async fn set_of_tasks() {
    let mut set = JoinSet::new();
    set.spawn(f(1));
    let all = gather!(*set; return_exceptions).await;
//~                    ^^^
    println!("{all:?}");
}

async fn spawned() {
    let r = gather! { a => *stream::iter(0..3).map(f), b => f(1); spawn }.await;
//~                         ^^^^^^^^^^^^^^^^^^^^^^^^^
    println!("{:?}", r.map(|r| (r.a, r.b)));
    let alone = gather!(*stream::iter(0..3).map(f); spawn, limit = 2).await;
//~                      ^^^^^^^^^^^^^^^^^^^^^^^^^
    println!("{alone:?}");
}

fn main() {}
