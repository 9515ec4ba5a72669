//! All mistakes of one fn in one compile.
use gather::gather_group;

async fn get(id: u64) -> u64 {
    id
}

#[gather_group(limt = 1, limit = 0, crate)]
//~            ^^^^
//~                              ^
//~                                 ^^^^^
async fn all(id: u64) -> u64 {
    let a = match get(id).await {
        0 => return 0,
//~          ^^^^^^
        a => a,
    };
    let b = match get(a).await {
        0 => return a,
//~          ^^^^^^
        b => b,
    };
    b
}

fn main() {
    let _ = all(1);
}
