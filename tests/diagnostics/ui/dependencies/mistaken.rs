use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn no_future() {
    let r = gather! { a => 5, b => |a: &u8| f(*a), c => |b| f(*b) }.await;
//~                        ^
    println!("{} {} {}", r.a, r.b, r.c);
}

async fn in_a_task() {
    let group = gather! { a => vec![f(1)], b => |a: &u8| f(*a); spawn };
//~                            ^^^^^^^^^^
    println!("{:?}", group.await.map(|r| r.b));
}

async fn of_another_type() {
    let r = gather! { a => f(1), b => |a: &u16| f(2) }.await;
//~                                    ^
    println!("{} {}", r.a, r.b);
}

async fn no_result() {
    let r = gather! { a => f(1), b => |a| f(*a)? }.await;
//~                                       ^^^^^
    println!("{}", r.is_ok());
}

async fn a_list() {
    let r = gather! { a => f(1), b => |a| [1, 2].map(|n| f(n + a)) }.await;
//~                                       ^^^^^^^^^^^^^^^^^^^^^^^^
    println!("{} {:?}", r.a, r.b);
}

async fn no_list() {
    let r = gather! { a => f(1), b => *|a| f(*a), c => *async |a| [f(*a)] }.await;
//~                                        ^^^^^        ^^^^^
    println!("{} {:?} {:?}", r.a, r.b, r.c);
}

fn main() {}
