use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn array() {
    let list = [f(1), f(2)];
    let r = gather! { a => list, b => f(3) }.await;
//~                        ^^^^
    println!("{:?} {}", r.a, r.b);
}

fn main() {}
