//! Methods of `&self` as tasks.
//!
//! mistake: borrowed data escapes
//! fix: 'static

use gather::gather;

struct Client {
    base: u32,
}

impl Client {
    async fn load(&self, id: u32) -> u32 {
        self.base + id
    }

    async fn both(&self) -> u32 {
        let group = gather!(self.load(1); spawn);
//~                         ^^^^^^^^^^^^
        group.await.map_or(0, |(a,)| a)
    }
}

#[tokio::main]
async fn main() {
    println!("{}", Client { base: 1 }.both().await);
}
