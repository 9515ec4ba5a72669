//! Ten members, the first of which fails, and every result, as in the asyncio tutorial.
//!
//! In Python: `results = await asyncio.gather(*coros, return_exceptions=True)`, one list in which
//! values and exceptions are mixed. Here each result says which of the two it is.

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
async fn main() {
    println!("main starting");
    let results = gather!(*(0..10).map(task); return_exceptions).await;
    for result in results {
        match result {
            Ok(()) => println!("ok"),
            Err(exception) => println!("{exception}"),
        }
    }
    println!("main done");
}
