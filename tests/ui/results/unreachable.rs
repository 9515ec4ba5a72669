#![deny(unreachable_code)]

use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn forever() -> ! {
    loop {
        f(1).await;
    }
}

async fn in_a_tuple() {
    gather!(f(1), forever()).await;
//~ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    println!("never");
}

async fn in_a_list() -> u8 {
    let (a, b) = gather!(f(1), f(2)).await;
    return a + b;
    println!("never");
//~ ^^^^^^^^^^^^^^^^^
}

fn main() {
    let _ = (forever, in_a_tuple, in_a_list);
}
