use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn hole() {
    let r = gather! { a => , b => f(1) }.await;
//~                   ^
    let _: (u8, u8) = (r.a, r.b);
}

async fn at_the_end() {
    let r = gather! { a => f(1), b => }.await;
//~                              ^
    println!("{:?} {}", r.a, r.b);
}

async fn in_tuple() {
    let (a, b) = gather!(f(1),, f(2)).await;
//~                           ^
    println!("{a} {b}");
}

async fn before_options() {
    let r = gather! { a => f(1), b => *; return_exceptions }.await;
//~                              ^
    println!("{:?} {:?}", r.a, r.b);
}

fn main() {}
