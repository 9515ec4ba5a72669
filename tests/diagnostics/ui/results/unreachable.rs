#![deny(unreachable_code)]

use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn in_a_list() -> u8 {
    let (a, b) = gather!(f(1), f(2)).await;
    return a + b;
    println!("never");
//~ ^^^^^^^^^^^^^^^^^
}

fn main() {
    let _ = in_a_list;
}
