//! Another member's name, without the bars.
//!
//! mistake: cannot find value `name`
//! fix: |name|

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let r = gather! {
        name => user(1),
        length => async { name.len() },
//~                       ^^^^
    }
    .await;
    println!("{} {}", r.name, r.length);
}
