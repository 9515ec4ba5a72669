use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn keyword() {
    let r = gather! { type => f(1), b => f(2) }.await;
//~                   ^^^^
    println!("{} {}", r.r#type, r.b);
}

async fn path_keyword() {
    let r = gather! { self => f(1), b => f(2) }.await;
//~                   ^^^^
    println!("{}", r.b);
}

fn main() {}
