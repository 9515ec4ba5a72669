//! Lints stand on the user's words, once each, and none are added.
#![deny(unused)]
use gather::gather_group;

async fn get(id: u64) -> Result<u64, String> {
    Ok(id)
}

#[gather_group]
async fn all() -> Result<u64, String> {
    let unused = get(1).await?;
//~     ^^^^^^
    let mut immutable = get(2).await?;
//~     ^^^^^^^^^^^^^
    let (a, b) = (get(3).await?, 1);
//~         ^
    let c = (get(4).await?);
//~         ^^^^^^^^^^^^^^^
    let _d = {
        let inner = 1;
//~         ^^^^^
        get(5).await?
    };
    Ok(a + c + immutable)
}

fn main() {
    let _ = all();
}
