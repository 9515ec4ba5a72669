use std::rc::Rc;

use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn g(n: u8) -> u8 {
    let local = Rc::new(n);
    tokio::task::yield_now().await;
    *local
}

async fn keys() {
    let all = gather!(*(0..3).map(|n| (Rc::new(n), f(n))); spawn).await;
//~                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    println!("{all:?}");
}

async fn keys_under_a_limit() {
    let all = gather!(*(0..3).map(|n| (Rc::new(n), f(n))); spawn, limit = 2).await;
//~                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    println!("{all:?}");
}

async fn values() {
    let all = gather!(*(0..3).map(|n| (n, g(n))); spawn).await;
//~                    ^^^^^^^^^^^^^^^^^^^^^^^^^
    println!("{all:?}");
}

fn main() {}
