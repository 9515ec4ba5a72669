//! `name_errors` where no error ends the group.
//!
//! mistake: no member has a `?`
//! fix: write one after a member

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

async fn orders(id: u32) -> Result<Vec<u32>, std::io::Error> {
    Ok(vec![id * 10])
}

#[tokio::main]
async fn main() {
    let r = gather! { name => user(1), list => orders(1); name_errors }.await;
//~                                                       ^^^^^^^^^^^
    println!("{} {:?}", r.name, r.list);
}
