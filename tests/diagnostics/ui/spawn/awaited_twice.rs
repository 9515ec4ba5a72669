use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn twice() {
    let group = gather! { a => f(1); spawn };
    let first = group.await.ok().map(|r| r.a);
    let again = group.await.ok().map(|r| r.a);
//~             ^^^^^
    let _: (Option<u8>, Option<u8>) = (first, again);
}

async fn and_looked_at() {
    let group = gather!(f(1); spawn);
    drop(group.await);
    group.cancel();
//~ ^^^^^
}

fn main() {}
