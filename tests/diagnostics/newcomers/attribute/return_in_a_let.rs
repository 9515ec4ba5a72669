//! `return` in a `let`.
//!
//! mistake: `return` cannot
//! fix: use `?`

async fn find(id: u32) -> Option<String> {
    (id > 0).then(|| format!("user {id}"))
}

mod api {
    use gather::gather_group;

    #[gather_group]
    pub async fn both() -> Option<String> {
        let a = super::find(1).await?;
        let b = if a.is_empty() { return None } else { super::find(2).await? };
//~                               ^^^^^^
        Some(a + &b)
    }
}

#[tokio::main]
async fn main() {
    println!("{:?}", api::both().await);
}
