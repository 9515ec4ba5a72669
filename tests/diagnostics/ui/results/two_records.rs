use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn branches(first: bool) {
    let r = if first { gather! { a => f(1) }.await } else { gather! { a => f(2) }.await };
//~                                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^
    println!("{}", r.a);
}

fn main() {}
