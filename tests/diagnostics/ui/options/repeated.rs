use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn repeated() {
    let r = gather! { a => f(1); limit = 1, limit = 2 }.await;
//~                                         ^^^^^
    let _: u8 = r.a;
}

fn main() {}
