#![deny(dead_code)]

use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn read_by_another() {
    let r = gather! { a => f(1), b => |a| f(*a), c => |b| f(*b) }.await;
//~                                              ^
    println!("{}", r.b);
}

fn main() {
    drop(read_by_another());
}
