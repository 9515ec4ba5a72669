//! One attribute, and the parts of an async fn run concurrently where they can.
//!
//! The page needs a user, the orders and an advice that is made of both: 300 ms instead of 450.

use std::time::Duration;

use gather::gather_group;
use tokio::time::{Instant, sleep};

#[derive(Debug)]
struct NotFound;

struct Api;

impl Api {
    async fn user(&self, id: u64) -> Result<String, NotFound> {
        sleep(Duration::from_millis(150)).await;
        if id == 0 { Err(NotFound) } else { Ok(format!("user {id}")) }
    }

    async fn orders(&self, id: u64) -> Result<Vec<u64>, NotFound> {
        sleep(Duration::from_millis(150)).await;
        Ok(vec![id * 100 + 1, id * 100 + 2])
    }

    async fn advise(&self, user: &str, orders: &[u64]) -> Result<String, NotFound> {
        sleep(Duration::from_millis(150)).await;
        Ok(format!("{user} may like what goes with {orders:?}"))
    }
}

#[gather_group]
async fn page(api: &Api, id: u64) -> Result<String, NotFound> {
    let user = api.user(id).await?;
    let orders = api.orders(id).await?;
    let advice = api.advise(&user, &orders).await?;
    Ok(format!("{user}: {} orders, and {advice}", orders.len()))
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    println!("{:?}", page(&Api, 7).await);
    println!("after {} ms", start.elapsed().as_millis());
    println!("{:?}", page(&Api, 0).await);
}
