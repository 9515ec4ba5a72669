//! Options that stand before the members.
use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn one() {
    let (a, b) = gather!(limit = 2; f(1), f(2)).await;
//~                      ^^^^^
    println!("{a} {b}");
}

async fn several() {
    let r = gather! { return_exceptions, limit = 2; a => f(1), b => f(2) }.await;
//~                   ^^^^^^^^^^^^^^^^^
    println!("{:?} {:?}", r.a, r.b);
}

fn main() {}
