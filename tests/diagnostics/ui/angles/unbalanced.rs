//! `<` without `>`, and the other way round.
use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn not_closed() {
    let r = gather!(< a => f(1), b => f(2); limit = 1).await;
//~                 ^
    let _: (u8, u8) = (r.a, r.b);
}

async fn not_opened() {
    let (a, b) = gather!(f(1), f(2) >).await;
//~                                 ^
    println!("{a} {b}");
}

async fn before_the_options() {
    let r = gather!(< a => f(1), b => f(2) >; limit = 1).await;
//~                                        ^
    let _: (u8, u8) = (r.a, r.b);
}

async fn others_are_found_too() {
    let r = gather!(< a => f(1), b => *f(2), c => f(3).; limt = 1 >).await;
//~                                    ^^^^
//~                                                   ^
//~                                                      ^^^^
    let _: (u8, u8, Vec<u8>) = (r.a, r.c, r.b);
}

fn main() {}
