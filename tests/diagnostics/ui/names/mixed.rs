use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn mixed() {
    let r = gather! { a => f(1), f(2), b => f(3) }.await;
//~                              ^^^^
    let _: (u8, u8) = (r.a, r.b);
}

async fn unnamed_first(list: Vec<std::future::Ready<u8>>) {
    let r = gather! { *list, b => f(3) }.await;
//~                    ^^^^
    println!("{}", r.b);
}

fn main() {}
