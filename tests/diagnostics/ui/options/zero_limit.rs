use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn zero() {
    let r = gather! { a => f(1), b => *[f(2)]; limit = 0 }.await;
//~                                                    ^
    let _: (u8, Vec<u8>) = (r.a, r.b);
}

fn main() {}
