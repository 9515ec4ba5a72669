use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

fn numbers() -> impl Iterator<Item = u8> {
    0..3
}

async fn maybe() {
    let r = gather! { a => f(1), maybe b: f(2), c => maybe async { 3 } }.await;
//~                              ^^^^^               ^^^^^
    println!("{} {} {}", r.a, r.b, r.c);
}

async fn alone() {
    let (a, b) = gather!(f(1), maybe f(2)).await;
//~                            ^^^^^
    println!("{a} {b}");
}

async fn streams() {
    let r = gather! { a => f(1), n in numbers() => println!("{n}"), b => f(2) }.await;
//~                              ^^^^
    println!("{} {}", r.a, r.b);
}

/// A name, not a habit.
async fn named() {
    let maybe = f(2);
    let r = gather! { maybe => maybe, b => 5 }.await;
//~                                        ^
    println!("{} {:?}", r.maybe, r.b);
}

fn main() {}
