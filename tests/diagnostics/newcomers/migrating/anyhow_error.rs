//! An error as a member.
//!
//! mistake: must be a future
//! fix: IntoFuture

use gather::gather;

async fn load(id: u32) -> anyhow::Result<u32> {
    Ok(id)
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let (a, b) = gather!(load(1)?, anyhow::anyhow!("no page")).await?;
//~                                ^^^^^^^^^^^^^^^^^^^^^^^^^^
    println!("{a} {b}");
    Ok(())
}
