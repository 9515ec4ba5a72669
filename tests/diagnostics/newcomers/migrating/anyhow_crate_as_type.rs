//! The crate instead of its type.
//!
//! mistake: expected type
//! fix: anyhow

use gather::gather;

async fn load(id: u32) -> anyhow::Result<u32> {
    Ok(id)
}

async fn orders(id: u32) -> Result<Vec<u32>, std::io::Error> {
    Ok(vec![id * 10])
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let (a, b) = gather!(load(1)?, orders(2)?; error = anyhow).await?;
//~                                                    ^^^^^^
    println!("{a} {b:?}");
    Ok(())
}
