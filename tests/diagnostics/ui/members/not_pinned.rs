use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn of_a_trait() {
    let boxed: Box<dyn Future<Output = u8>> = Box::new(f(1));
    let (a, b) = gather!(boxed, f(2)).await;
//~                      ^^^^^
    println!("{a} {b}");
}

async fn of_an_async_block() {
    let boxed = Box::new(async { 1 });
    let r = gather! { a => boxed, b => f(2); limit = 1 }.await;
//~                        ^^^^^
    println!("{} {}", r.a, r.b);
}

fn main() {}
