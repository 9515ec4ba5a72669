use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn ignored() {
    let r = gather! { _ => f(1), b => |_| f(2) }.await;
//~                                    ^
    println!("{}", r.b);
}

async fn twice() {
    let r = gather! { a => f(1), b => |a, a| f(*a) }.await;
//~                                       ^
    println!("{} {}", r.a, r.b);
}

async fn far_from_any() {
    let r = gather! { user => f(1), orders => f(2), advice => |nobody| f(*nobody) }.await;
//~                                                            ^^^^^^
    println!("{} {} {:?}", r.user, r.orders, r.advice);
}

async fn alone() {
    let r = gather! { a => |b| f(*b) }.await;
//~                         ^
    println!("{:?}", r.a);
}

async fn not_a_name() {
    let r = gather! { a => f(1), b => |(a, _)| f(a) }.await;
//~                                   ^^^^^^^^^^^^^
    println!("{} {:?}", r.a, r.b);
}

async fn two_cycles() {
    let r = gather! { a => |b| f(*b), b => |a| f(*a), c => async |d| f(*d).await, d => *|c| [f(*c)], e => |a, f| f(*a) }.await;
//~                                         ^                                            ^                    ^
    println!("{:?} {:?} {:?} {:?} {:?}", r.a, r.b, r.c, r.d, r.e);
}

async fn in_a_struct() {
    struct Both {
        a: u8,
        b: u8,
    }
    let both = gather!(Both { a: f(1), b: |aa| f(*aa) }).await;
//~                                        ^^
    println!("{} {}", both.a, both.b);
}

async fn in_a_tuple() {
    let both = gather!(f(1), |a| f(*a)).await;
//~                          ^^^^^^^^^
    println!("{both:?}");
}

fn main() {}
