//! `Box<dyn Error>` as the error of a task.
//!
//! mistake: cannot be sent between threads safely
//! fix: leave_out_spawn

use gather::gather;

async fn load(id: u32) -> Result<u32, Box<dyn std::error::Error>> {
    if id > 8 { Err("no page".into()) } else { Ok(id) }
}

#[tokio::main]
async fn main() {
    let group = gather!(load(1); spawn, return_exceptions);
//~                     ^^^^^^^
    println!("{:?}", group.await.is_ok());
}
