//! A fn in which nothing can run concurrently.
use gather::gather_group;

async fn get(id: u64) -> u64 {
    id
}

#[gather_group]
async fn no_await() -> u64 {
//~      ^^^^^^^^
    let a = 1;
    a + get(1).await
}

#[gather_group]
async fn in_a_closure() {
//~      ^^^^^^^^^^^^
    let a = async { get(1).await };
    let b = &get(2).await;
    a.await;
    get(*b).await;
}

fn main() {
    let _ = (no_await(), in_a_closure());
}
