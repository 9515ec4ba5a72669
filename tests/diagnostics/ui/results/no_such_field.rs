use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn read() {
    let r = gather! { user => f(1), orders => f(2) }.await;
    println!("{} {} {}", r.user, r.orders, r.usr);
//~                                          ^^^
}

async fn pattern() {
    let r = gather! { user => f(1), orders => f(2) }.await;
    println!("{} {} {}", r.user, r.orders, r.0);
//~                                          ^
}

fn main() {}
