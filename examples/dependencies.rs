//! Members that wait for others: each starts at the moment when the last of those that it waits for is done.

use std::time::Duration;

use gather::gather;
use tokio::time::{Instant, sleep};

struct Clock(Instant);

impl Clock {
    /// Takes so many milliseconds, and tells when it starts.
    async fn load<T>(&self, what: &str, ms: u64, result: T) -> T {
        println!("{:3} ms: {what} starts", self.0.elapsed().as_millis());
        sleep(Duration::from_millis(ms)).await;
        result
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let clock = Clock(Instant::now());
    let r = gather! {
        user => clock.load("user", 50, "Ada"),
        orders => clock.load("orders", 80, vec![25, 140]),
        friends => |user| clock.load("friends", 40, format!("the friends of {user}")),
        advice => async |user, orders| {
            let total: u32 = orders.iter().sum();
            clock.load("advice", 10, format!("{user} has spent {total}")).await
        },
    }
    .await;
    println!("{:3} ms: {}, {} orders", clock.0.elapsed().as_millis(), r.user, r.orders.len());
    println!("{}, {}", r.friends, r.advice);

    let r = gather! {
        user => async { Err::<&str, _>("no such user") },
        friends => |user| clock.load("friends", 40, user.len()),
        weather => clock.load("weather", 10, "rain");
        return_exceptions
    }
    .await;
    println!("{}", r.user.map_or_else(|exception| exception.to_string(), str::to_owned));
    println!("{}", r.friends.map_or_else(|exception| exception.to_string(), |n| n.to_string()));
    println!("{}", r.weather.map_or_else(|exception| exception.to_string(), str::to_owned));
}
