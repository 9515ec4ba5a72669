use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn of_a_record() {
    let r = gather! { a => f(1), b => f(2) };
    println!("{}", r.a);
//~                  ^
}

async fn with_dependencies() {
    let r = gather! { a => f(1), b => |a| f(*a) };
    println!("{}", r.b);
//~                  ^
}

async fn printed() {
    let all = gather!(*(1..3).map(f));
    println!("{all:?}");
//~           ^^^^^^^
}

fn main() {}
