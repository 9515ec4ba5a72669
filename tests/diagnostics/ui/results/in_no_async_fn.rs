use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

fn blocking() {
    let r = gather! { a => f(1), b => f(2) }.await;
//~                                          ^^^^^
    println!("{} {}", r.a, r.b);
}

fn main() {}
