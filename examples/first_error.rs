//! The first error of a `?` member ends the group: its siblings are dropped before the group yields.
//!
//! With `name_errors` the error says which member it came from.

use std::time::Duration;

use gather::gather;
use tokio::time::sleep;

/// Tells whether it ended, or was dropped before that.
struct Job {
    name: &'static str,
    ended: bool,
}

impl Drop for Job {
    fn drop(&mut self) {
        println!("  {} {}", self.name, if self.ended { "ends" } else { "is dropped" });
    }
}

async fn job(name: &'static str, ms: u64) -> Result<u64, String> {
    let mut job = Job { name, ended: false };
    sleep(Duration::from_millis(ms)).await;
    job.ended = true;
    if name == "bad" { Err(format!("no luck after {ms} ms")) } else { Ok(ms) }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    println!("the error itself:");
    let result = gather!(job("quick", 10)?, job("bad", 50)?, job("slow", 100)?).await;
    println!("{result:?}");

    println!("with the name of the member:");
    let result = gather! {
        quick => job("quick", 10)?,
        files => *[("slow", 100), ("bad", 50)].into_iter().map(|(name, ms)| job(name, ms))?;
        name_errors
    }
    .await;
    match result {
        Ok(r) => println!("{} {:?}", r.quick, r.files),
        Err(exception) => println!("{exception}"),
    }
}
