//! `.context()` on the future instead of on its result.
//!
//! mistake: no method named `context`
//! fix: await

use anyhow::Context as _;
use gather::gather;

async fn load(id: u32) -> anyhow::Result<u32> {
    Ok(id)
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let (a, b) = gather!(load(1).context("loading")?, load(2)?).await?;
//~                              ^^^^^^^
    println!("{a} {b}");
    Ok(())
}
