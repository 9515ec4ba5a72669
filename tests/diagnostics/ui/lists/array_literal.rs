use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn array() {
    let r = gather! { a => [f(1), f(2)], b => f(3) }.await;
//~                        ^^^^^^^^^^^^
    println!("{:?} {}", r.a, r.b);
}

async fn alone() {
    let all = gather!([f(1), f(2)]).await;
//~                   ^^^^^^^^^^^^
    println!("{all:?}");
}

fn main() {}
