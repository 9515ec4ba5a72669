//! `return_exceptions=True`, behind the semicolon.
//!
//! mistake: takes no value
//! fix: `return_exceptions` alone

use gather::gather;

async fn orders(id: u32) -> Result<Vec<u32>, std::io::Error> {
    Ok(vec![id * 10])
}

#[tokio::main]
async fn main() {
    let (a, b) = gather!(orders(1), orders(2); return_exceptions = true).await;
//~                                            ^^^^^^^^^^^^^^^^^^^^^^^^
    println!("{} {}", a.is_ok(), b.is_ok());
}
