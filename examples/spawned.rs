//! Spawned groups: the members are tasks and run at once. Who awaits the group owns them, who looks on does not.

use std::time::Duration;

use gather::gather;
use tokio::time::sleep;

/// Tells whether it ended, or was cancelled before that.
struct Job {
    name: &'static str,
    ended: bool,
}

impl Drop for Job {
    fn drop(&mut self) {
        println!("  {} {}", self.name, if self.ended { "ends" } else { "is cancelled" });
    }
}

async fn job(name: &'static str, ms: u64) -> Result<u64, String> {
    let mut job = Job { name, ended: false };
    sleep(Duration::from_millis(ms)).await;
    job.ended = true;
    if name == "bad" { Err("no luck".to_owned()) } else { Ok(ms) }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    println!("members run before the group is awaited:");
    let group = gather! { a => job("a", 10)?, b => job("b", 20)?; spawn };
    sleep(Duration::from_millis(100)).await;
    println!("  done: {}", group.is_done());
    println!("  {:?}", group.await.map(|r| r.a + r.b));

    println!("awaited: the first error cancels the siblings");
    let group = gather! { bad => job("bad", 10)?, slow => job("slow", 50)?; spawn };
    match group.await {
        Ok(r) => println!("  {}", r.bad + r.slow),
        Err(exception) => println!("  {exception}"),
    }

    println!("watched: the siblings run on after the first error");
    let group = gather!(job("bad", 10)?, job("slow", 50)?; spawn);
    group.on_done(|result| println!("  callback: {}", if result.is_ok() { "fine" } else { "failed" }));
    group.wait().await;
    println!("  {:?}", group.exception().map(ToString::to_string));
    group.finished().await;

    println!("cancelled from elsewhere:");
    let group = gather!(job("a", 50)?, job("b", 50)?; spawn);
    let canceller = group.canceller();
    tokio::spawn(async move {
        sleep(Duration::from_millis(10)).await;
        canceller.cancel();
    });
    println!("  {:?}", group.await.map_err(|exception| exception.to_string()));

    println!("a dropped handle detaches:");
    let group = gather!(job("a", 50)?; spawn);
    sleep(Duration::from_millis(10)).await;
    drop(group);
    sleep(Duration::from_millis(100)).await;

    println!("unless it is a guard:");
    let guard = gather!(job("a", 50)?; spawn).abort_on_drop();
    sleep(Duration::from_millis(10)).await;
    drop(guard);
    sleep(Duration::from_millis(100)).await;

    println!("the runtime ends with `main`, and the members with it:");
    let _group = gather!(job("a", 50)?; spawn);
    sleep(Duration::from_millis(10)).await;
}
