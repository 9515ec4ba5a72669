use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn unknown() {
    let r = gather! { a => f(1); concurrency = 3 }.await;
//~                              ^^^^^^^^^^^
    let _: u8 = r.a;
}

async fn without_value() {
    let (a, b) = gather!(f(1), f(2); fail_fast).await;
//~                                  ^^^^^^^^^
    println!("{a} {b}");
}

fn main() {}
