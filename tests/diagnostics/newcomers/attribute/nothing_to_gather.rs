//! Where nothing awaits.
//!
//! mistake: nothing
//! fix: let a = 

mod api {
    use gather::gather_group;

    #[gather_group]
    pub async fn both() -> u32 {
//~              ^^^^
        1
    }
}

#[tokio::main]
async fn main() {
    println!("{}", api::both().await);
}
