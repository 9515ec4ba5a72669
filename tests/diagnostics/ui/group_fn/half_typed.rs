//! While a body is being typed there is only what rustc says.
use gather::gather_group;

async fn get(id: u64) -> String {
    id.to_string()
}

#[gather_group]
async fn typing(id: u64) -> usize {
    let a = get(id).await;
    let b = get(id).await.;
//~                       ^
    a.len() + b.len()
}

fn main() {
    let _ = typing(1);
}
