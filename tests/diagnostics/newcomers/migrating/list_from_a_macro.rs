//! A list that a macro hands on.
//!
//! mistake: list of futures
//! fix: write `*`

use gather::gather;

macro_rules! both {
    ($a:expr, $b:expr) => {
        gather!($a, $b)
    };
}

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let users = [user(2), user(3)];
    let (a, b) = both!(user(1), users).await;
//~                             ^^^^^
    println!("{a} {b:?}");
}
