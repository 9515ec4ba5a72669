#![deny(dead_code)]

use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn unread() {
    let r = gather! { user => f(1), orders => f(2) }.await;
//~                   ^^^^
    println!("{}", r.orders);
}

async fn no_more() {
    let r = gather! { user => f(1), orders => f(2); limit = 1, return_exceptions }.await;
//~                                 ^^^^^^
    println!("{:?}", r.user);
}

fn main() {
    let _ = (f, unread, no_more);
}
