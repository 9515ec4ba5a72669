use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn iterator() {
    let ids = [1, 2];
    let r = gather! { a => ids.iter().copied().map(f), b => f(3) }.await;
//~                        ^^^^^^^^^^^^^^^^^^^^^^^^^^
    let _: (usize, u8) = (r.a.len(), r.b);
}

async fn range() {
    let all = gather!((1..3).map(f)).await;
//~                   ^^^^^^^^^^^^^
    println!("{all:?}");
}

fn main() {}
