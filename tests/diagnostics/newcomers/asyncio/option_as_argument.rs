//! Options are keyword arguments in Python, behind a comma.
//!
//! mistake: option
//! fix: `;`

use gather::gather;

async fn orders(id: u32) -> Result<Vec<u32>, std::io::Error> {
    Ok(vec![id * 10])
}

#[tokio::main]
async fn main() {
    let (a, b) = gather!(orders(1), orders(2), return_exceptions).await;
//~                                            ^^^^^^^^^^^^^^^^^
    println!("{} {}", a.is_ok(), b.is_ok());
}
