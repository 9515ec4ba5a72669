//! `?` in an anyhow fn takes any error; the group has one.
//!
//! mistake: an earlier `?` member
//! fix: ; error = MyError

use gather::gather;

async fn load(id: u32) -> anyhow::Result<u32> {
    Ok(id)
}

async fn orders(id: u32) -> Result<Vec<u32>, std::io::Error> {
    Ok(vec![id * 10])
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let (a, b) = gather!(load(1)?, orders(2)?).await?;
//~                                ^^^^^^^^^
    println!("{a} {b:?}");
    Ok(())
}
