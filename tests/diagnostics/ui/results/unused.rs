#![deny(warnings)]

use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn tuple_ignored() -> Result<(), String> {
    gather!(std::future::ready(Ok::<u8, String>(1))?, f(2)).await;
//~ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    Ok(())
}

async fn binding() {
    let group = gather!(f(1), f(2));
//~     ^^^^^
}

fn main() {
    let _ = (f, tuple_ignored, binding);
}
