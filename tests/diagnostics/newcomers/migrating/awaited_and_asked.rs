//! `f().await?`, moved into the call.
//!
//! mistake: waits for the member
//! fix: remove `.await`

use gather::gather;

async fn load(id: u32) -> anyhow::Result<u32> {
    Ok(id)
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let (a, b) = gather!(load(1)?, load(2).await?).await?;
//~                                        ^^^^^
    println!("{a} {b}");
    Ok(())
}
