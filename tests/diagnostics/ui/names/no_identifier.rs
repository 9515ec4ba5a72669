use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn text() {
    let r = gather! { "a" => f(1), b => f(2) }.await;
//~                   ^^^
    println!("{}", r.b);
}

async fn missing() {
    let r = gather! { => f(1), b => f(2) }.await;
//~                   ^^
    println!("{}", r.b);
}

fn main() {}
