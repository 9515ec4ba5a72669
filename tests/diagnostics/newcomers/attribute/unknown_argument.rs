//! An argument that is none.
//!
//! mistake: unknown argument
//! fix: `limit`

async fn user(id: u32) -> String {
    format!("user {id}")
}

mod api {
    use gather::gather_group;

    #[gather_group(lmit = 2)]
//~                ^^^^
    pub async fn both() -> String {
        let a = super::user(1).await;
        let b = super::user(2).await;
        a + &b
    }
}

#[tokio::main]
async fn main() {
    println!("{}", api::both().await);
}
