//! A member that fails, for a field that cannot.
//!
//! mistake: mismatched types
//! fix: found `Result<Vec

use gather::gather;

async fn orders(id: u32) -> Result<Vec<u32>, std::io::Error> {
    Ok(vec![id * 10])
}

struct Page {
    list: Vec<u32>,
}

#[tokio::main]
async fn main() {
    let page = gather!(Page { list: orders(1) }).await;
//~                                 ^^^^^^^^^
    println!("{:?}", page.list);
}
