use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn no_future() {
    let r = gather! { a => f(1), b => |a| *a + 1, c => |a| vec![f(*a)] }.await;
//~                                       ^^^^^^           ^^^^^^^^^^^
    println!("{} {:?} {:?}", r.a, r.b, r.c);
}

async fn not_dereferenced() {
    let r = gather! { a => f(1), b => |a| f(a), c => |a, b| async { a.missing() + b } }.await;
//~                                         ^                         ^^^^^^^
    println!("{} {} {}", r.a, r.b, r.c);
}

fn main() {}
