//! `?` on a group whose error is an `Exception`.
//!
//! mistake: couldn't convert
//! fix: From<

use gather::gather;

async fn orders(id: u32) -> Result<Vec<u32>, std::io::Error> {
    Ok(vec![id * 10])
}

#[tokio::main]
async fn main() -> Result<(), std::io::Error> {
    let (a,) = gather!(orders(1)?; spawn).await?;
//~                                            ^
    println!("{a:?}");
    Ok(())
}
