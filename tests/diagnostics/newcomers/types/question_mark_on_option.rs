//! `?` on an `Option`.
//!
//! mistake: Option
//! fix: ok_or

use gather::gather;

async fn orders(id: u32) -> Result<Vec<u32>, std::io::Error> {
    Ok(vec![id * 10])
}

async fn find(id: u32) -> Option<String> {
    (id > 0).then(|| format!("user {id}"))
}

#[tokio::main]
async fn main() -> Result<(), std::io::Error> {
    let r = gather! { name => find(1)?, list => orders(1)? }.await?;
//~                           ^^^^^^^
    println!("{} {:?}", r.name, r.list);
    Ok(())
}
