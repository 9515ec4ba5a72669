//! `?` on the group, which was not awaited.
//!
//! mistake: `?` operator
//! fix: .await

use gather::gather;

async fn load(id: u32) -> anyhow::Result<u32> {
    Ok(id)
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let (a, b) = gather!(load(1)?, load(2)?)?;
//~              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    println!("{a} {b}");
    Ok(())
}
