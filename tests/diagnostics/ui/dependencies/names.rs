use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn unknown() {
    let r = gather! { user => f(1), orders => |usr| f(*usr), advice => |orders| f(*orders) }.await;
//~                                            ^^^
    println!("{} {:?} {:?}", r.user, r.orders, r.advice);
}

async fn itself() {
    let r = gather! { a => |a| f(*a), b => f(1) }.await;
//~                         ^
    println!("{:?} {}", r.a, r.b);
}

async fn cycle() {
    let r = gather! { a => |c| f(*c), b => |a| f(*a), c => |b| f(*b), d => f(1) }.await;
//~                                         ^^^^^^^^^^^^^^^^^^^^
    println!("{:?} {:?} {:?} {}", r.a, r.b, r.c, r.d);
}

async fn not_listed() {
    let r = gather! { user => f(1), orders => f(user) }.await;
//~                                             ^^^^
    println!("{} {}", r.user, r.orders);
}

fn main() {}
