//! `try_join!` with names, and without the `?` of the members.
//!
//! mistake: `?` operator
//! fix: Result

use gather::gather;

async fn load(id: u32) -> anyhow::Result<u32> {
    Ok(id)
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let r = gather! { a => load(1), b => load(2) }.await?;
//~         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    println!("{} {}", r.a, r.b);
    Ok(())
}
