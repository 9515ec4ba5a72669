//! Two policies.
//!
//! mistake: exclude
//! fix: keep one

use gather::gather;

async fn orders(id: u32) -> Result<Vec<u32>, std::io::Error> {
    Ok(vec![id * 10])
}

#[tokio::main]
async fn main() {
    let r = gather! { list => orders(1)?; return_exceptions, all_errors }.await;
//~                                                          ^^^^^^^^^^
    println!("{}", r.list.is_ok());
}
