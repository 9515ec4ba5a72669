//! `name_errors` where errors are named anyway.
//!
//! mistake: names the failing member anyway
//! fix: remove `name_errors`

use gather::gather;

async fn orders(id: u32) -> Result<Vec<u32>, std::io::Error> {
    Ok(vec![id * 10])
}

#[tokio::main]
async fn main() {
    let group = gather!(orders(1)?; spawn, name_errors);
//~                                        ^^^^^^^^^^^
    println!("{:?}", group.await.is_ok());
}
