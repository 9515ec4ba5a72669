//! `.await` in a body.
//!
//! mistake: .await
//! fix: async |

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let r = gather! {
        name => user(1),
        again => |name| user(name.len() as u32).await,
//~                                             ^^^^^
    }
    .await;
    println!("{} {}", r.name, r.again);
}
