//! `?` in a body.
//!
//! mistake: ?
//! fix: async |id| {

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let r = gather! {
        id => async { "7".to_owned() },
        name => |id| user(id.parse()?),
//~                                 ^
    }
    .await;
    println!("{} {}", r.id, r.name);
}
