#![deny(warnings)]
#![allow(dead_code, reason = "what is never awaited is never read")]

use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn record() {
    gather! { a => f(1), b => f(2) };
//~ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
}

async fn tuple() {
    gather!(f(1), f(2); return_exceptions);
//~ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
}

async fn list(list: Vec<std::future::Ready<u8>>) {
    gather!(*list);
//~ ^^^^^^^^^^^^^^
}

fn main() {
    let _ = (f, record, tuple, list);
}
