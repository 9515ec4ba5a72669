//! `dict(user=..)`: names with an equals sign.
//!
//! mistake: found `=`
//! fix: `name => ..`

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

async fn orders(id: u32) -> Result<Vec<u32>, std::io::Error> {
    Ok(vec![id * 10])
}

#[tokio::main]
async fn main() {
    let page = gather! {
        name = user(1),
//~          ^
        orders => orders(1),
    }
    .await;
    println!("{} {}", page.name, page.orders.is_ok());
}
