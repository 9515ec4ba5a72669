use std::rc::Rc;

use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn no_future() {
    let group = gather! { a => f(1); spawn, return_exceptions, until = 5u8 };
//~                                                                    ^^^
    let _ = group.await.map(|r| r.a);
}

async fn not_send() {
    let shared = Rc::new(1);
    let until = async move {
        f(1).await;
        drop(shared);
    };
    let group = gather! { a => f(1); spawn, return_exceptions, until = until };
//~                                                                    ^^^^^
    let _ = group.await.map(|r| r.a);
}

async fn borrows() {
    let n = 1;
    let until = async { drop(f(n).await + *&n) };
//~                            ^
    let until = async { until.await };
    let group = gather! { a => f(1); spawn, return_exceptions, until = until };
    let _ = group.await.map(|r| r.a);
}

fn main() {}
