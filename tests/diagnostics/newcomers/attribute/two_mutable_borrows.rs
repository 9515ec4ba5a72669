//! Two `let`s that change one thing.
//!
//! mistake: more than once
//! fix: mutable

mod api {
    use gather::gather_group;

    pub struct Client(pub u32);

    impl Client {
        async fn get(&mut self) -> u32 {
            self.0 += 1;
            self.0
        }
    }

    #[gather_group]
    pub async fn both(mut client: Client) -> u32 {
        let a = client.get().await;
        let b = client.get().await;
//~             ^^^^^^
        a + b
    }
}

#[tokio::main]
async fn main() {
    println!("{}", api::both(api::Client(0)).await);
}
