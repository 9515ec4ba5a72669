use std::collections::HashMap;

use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn no_futures() {
    let map = HashMap::from([("a", 1)]);
    let r = gather! { a => f(1), all => *map; limit = 2 }.await;
//~                                      ^^^
    println!("{} {:?}", r.a, r.all);
}

async fn lent() {
    let map = HashMap::from([("a", 1)]);
    let all = gather!(*&map).await;
//~                    ^^^^
    println!("{all:?}");
}

fn main() {}
