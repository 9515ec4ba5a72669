//! A pattern between the bars.
//!
//! mistake: closure
//! fix: between the bars

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let r = gather! {
        pair => async { (1, 2) },
        name => |(a, _)| user(*a),
//~             ^^^^^^^^^^^^^^^^^
    }
    .await;
    println!("{:?} {}", r.pair, r.name);
}
