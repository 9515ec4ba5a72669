//! `try_join!(a(), b()).await?` without the `?` of the members.
//!
//! mistake: `?` operator
//! fix: member

use gather::gather;

async fn orders(id: u32) -> Result<Vec<u32>, std::io::Error> {
    Ok(vec![id * 10])
}

#[tokio::main]
async fn main() -> Result<(), std::io::Error> {
    let (a, b) = gather!(orders(1), orders(2)).await?;
//~              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    println!("{a:?} {b:?}");
    Ok(())
}
