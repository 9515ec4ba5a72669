use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn slice(list: &[std::future::Ready<u8>]) {
    let r = gather! { a => list, b => f(3) }.await;
//~                        ^^^^
    println!("{:?} {}", r.a, r.b);
}

async fn lent(list: &mut Vec<std::future::Ready<u8>>) {
    let r = gather! { a => list, b => f(3) }.await;
//~                        ^^^^
    println!("{:?} {}", r.a, r.b);
}

fn main() {}
