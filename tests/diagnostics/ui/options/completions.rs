use futures::stream::{self, StreamExt as _};
use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn g(n: u8) -> Result<u8, String> {
    Ok(n)
}

async fn loops() {
    for (index, n) in gather!(*(0..3).map(f); as_completed) {
//~                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        println!("{index} {n}");
    }
}

async fn awaited() {
    let all = gather!(*(0..3).map(f); in_order).await;
//~                                             ^^^^^
    println!("{all:?}");
}

async fn record() {
    let mut done = gather! { all => *(0..3).map(f); as_completed };
//~                                                 ^^^^^^^^^^^^
    while let Some((index, n)) = done.next().await {
        println!("{index} {n}");
    }
}

async fn several() {
    let mut done = gather!(*(0..3).map(f), f(3); in_order);
//~                                              ^^^^^^^^
    while let Some(n) = done.next().await {
        println!("{n}");
    }
}

async fn no_star(list: Vec<std::future::Ready<u8>>) {
    let mut done = gather!(list; as_completed);
//~                              ^^^^^^^^^^^^
    println!("{:?}", done.next().await);
}

async fn spawned() {
    let mut done = gather!(*(0..3).map(f); as_completed, spawn);
//~                                                      ^^^^^
    println!("{:?}", done.next().await);
}

async fn all_errors() {
    let mut done = gather!(*(0..3).map(g)?; all_errors, in_order);
//~                                         ^^^^^^^^^^
    println!("{:?}", done.next().await);
}

async fn both() {
    let mut done = gather!(*(0..3).map(f); as_completed, in_order);
//~                                                      ^^^^^^^^
    println!("{:?}", done.next().await);
}

async fn misspelled() {
    let mut done = gather!(*(0..3).map(f); as_complete);
//~                                        ^^^^^^^^^^^
    println!("{:?}", done.next().await);
}

async fn no_futures() {
    let mut done = gather!(*[1, 2]; as_completed);
//~                         ^^^^^^
    while let Some((index, n)) = done.next().await {
        println!("{index} {n}");
    }
}

async fn no_result() {
    let mut done = gather!(*stream::iter(0..3).map(f)?; in_order);
//~                         ^^^^^^^^^^^^^^^^^^^^^^^^^
    while let Some(n) = done.next().await {
        println!("{n:?}");
    }
}

fn main() {}
