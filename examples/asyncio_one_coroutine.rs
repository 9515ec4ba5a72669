//! A group of one, as in the asyncio tutorial.
//!
//! ```python
//! async def task_coro():
//!     print('task executing')
//!     await asyncio.sleep(1)
//!
//! async def main():
//!     print('main starting')
//!     await asyncio.gather(task_coro())
//!     print('main done')
//! ```

use std::time::Duration;

use gather::gather;

async fn task() {
    println!("task executing");
    tokio::time::sleep(Duration::from_millis(100)).await;
}

#[tokio::main]
async fn main() {
    println!("main starting");
    gather!(task()).await;
    println!("main done");
}
