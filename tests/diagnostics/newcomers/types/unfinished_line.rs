//! A line that ends with a dot, with colons.
//!
//! mistake: not finished
//! fix: method

use gather::gather;

struct Client;

impl Client {
    async fn get(&self) -> u32 {
        1
    }
}

#[tokio::main]
async fn main() {
    let client = Client;
    let r = gather! {
        a => client.
//~                ^
        b => client.get(),
    }
    .await;
    println!("{}", r.b);
}
