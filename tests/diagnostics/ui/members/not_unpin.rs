use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn not_unpin() {
    let mut future = f(1);
    let r = gather! { a => &mut future, b => f(2) }.await;
//~                        ^^^^^^^^^^^
    println!("{:?} {}", r.a, r.b);
}

async fn limited(future: &mut (impl Future<Output = u8> + Send)) {
    let (a, b) = gather!(future, f(2); limit = 1).await;
//~                      ^^^^^^
    println!("{a:?} {b}");
}

fn main() {}
