//! `?` behind the group, in a fn that gives no `Result`.
//!
//! mistake: `?` operator
//! fix: returns

use gather::gather;

async fn load(id: u32) -> anyhow::Result<u32> {
    Ok(id)
}

#[tokio::main]
async fn main() {
    let (a, b) = gather!(load(1)?, load(2)?).await?;
//~                                               ^
    println!("{a} {b}");
}
