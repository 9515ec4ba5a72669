//! A closure that a macro hands on.
//!
//! mistake: a closure is not a future
//! fix: async {

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
    let (a, b) = both!(user(1), || user(2)).await;
//~                             ^^^^^^^^^^
    println!("{a} {b}");
}
