use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn equals() {
    let r = gather! { a = f(1), b => f(2) }.await;
//~                     ^
    let _: (u8, u8) = (r.a, r.b);
}

async fn colon() {
    let r = gather! { a: f(1), b: f(2) }.await;
//~                    ^        ^
    println!("{} {}", r.a, r.b);
}

async fn arrow() {
    let r = gather! { a -> f(1), b => f(2) }.await;
//~                     ^^
    println!("{} {}", r.a, r.b);
}

fn main() {}
