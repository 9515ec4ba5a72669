//! Members that end with semicolons.
//!
//! mistake: `;`
//! fix: `,`

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let r = gather! {
        a => user(1);
        b => user(2),
//~     ^
    }
    .await;
    println!("{} {}", r.a, r.b);
}
