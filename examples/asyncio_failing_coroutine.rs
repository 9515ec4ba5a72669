//! Ten members, the first of which fails after its sleep, as in the asyncio tutorial.
//!
//! The program ends with the error and exit code 1, as in Python. There the other nine would run on
//! for as long as the program did; here they end with the group.

use std::time::Duration;

use gather::gather;

async fn task(number: u32) -> anyhow::Result<()> {
    println!(">task {number} executing");
    tokio::time::sleep(Duration::from_millis(100)).await;
    if number == 0 {
        anyhow::bail!("Something bad happened");
    }
    Ok(())
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    println!("main starting");
    gather!(*(0..10).map(task)?).await?;
    println!("main done");
    Ok(())
}
