//! Python looks at the results of what it awaits with.
//!
//! mistake: no field
//! fix: .await

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

async fn orders(id: u32) -> Result<Vec<u32>, std::io::Error> {
    Ok(vec![id * 10])
}

#[tokio::main]
async fn main() {
    let group = gather! { name => user(1), list => orders(1); spawn };
    println!("{}", group.name);
//~                      ^^^^
}
