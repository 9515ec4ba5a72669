//! Two members that change one thing.
//!
//! mistake: more than once
//! fix: mutable borrow

use gather::gather;

struct Client(u32);

impl Client {
    async fn get(&mut self) -> u32 {
        self.0 += 1;
        self.0
    }
}

#[tokio::main]
async fn main() {
    let mut client = Client(0);
    let (a, b) = gather!(client.get(), client.get()).await;
//~                                    ^^^^^^
    println!("{a} {b}");
}
