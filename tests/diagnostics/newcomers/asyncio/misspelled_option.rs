//! `return_exception`: a slip.
//!
//! mistake: unknown option
//! fix: `return_exceptions`

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

async fn orders(id: u32) -> Result<Vec<u32>, std::io::Error> {
    Ok(vec![id * 10])
}

#[tokio::main]
async fn main() {
    let r = gather! { name => user(1), orders => orders(1); return_exception }.await;
//~                                                         ^^^^^^^^^^^^^^^^
    println!("{} {}", r.name.is_ok(), r.orders.is_ok());
}
