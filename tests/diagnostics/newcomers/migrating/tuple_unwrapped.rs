//! `.unwrap()` on a tuple of results.
//!
//! mistake: no method named `unwrap`
//! fix: (Result

use gather::gather;

async fn orders(id: u32) -> Result<Vec<u32>, std::io::Error> {
    Ok(vec![id * 10])
}

#[tokio::main]
async fn main() {
    let (a, b) = gather!(orders(1), orders(2)).await.unwrap();
//~                                                  ^^^^^^
    println!("{a:?} {b:?}");
}
