use std::cell::Cell;
use std::rc::Rc;

use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn count(n: u8) -> u8 {
    let counter = Rc::new(Cell::new(n));
    f(1).await + counter.get()
}

async fn in_a_record() {
    let group = gather! { a => f(1), b => count(2); spawn };
//~                                       ^^^^^^^^
    let _: Option<(u8, u8)> = group.await.ok().map(|r| (r.a, r.b));
}

async fn in_a_tuple() {
    let group = gather!(f(1), count(2); spawn);
//~                           ^^^^^^^^
    let _: Option<(u8, u8)> = group.await.ok();
}

async fn in_a_block() {
    let counter = Rc::new(Cell::new(1));
    let block = async move { f(counter.get()).await };
    let group = gather!(f(1), block; spawn, return_exceptions);
//~                           ^^^^^
    drop(group.await);
}

async fn in_a_list() {
    let group = gather!(*(0..3).map(count); spawn);
//~                      ^^^^^^^^^^^^^^^^^
    let _: Option<Vec<u8>> = group.await.ok();
}

async fn the_result() {
    let group = gather!(f(1), async { Rc::new(1) }; spawn);
//~                           ^^^^^^^^^^^^^^^^^^^^
    drop(group.await);
}

fn main() {}
