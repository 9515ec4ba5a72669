//! `?` on an `Option` among members that fail.
//!
//! mistake: this one gives `Option<
//! fix: ok_or

use gather::gather;

async fn load(id: u32) -> anyhow::Result<u32> {
    Ok(id)
}

async fn find(id: u32) -> Option<u32> {
    Some(id)
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let (a, b) = gather!(load(1)?, find(2)?).await?;
//~                                ^^^^^^^
    println!("{a} {b}");
    Ok(())
}
