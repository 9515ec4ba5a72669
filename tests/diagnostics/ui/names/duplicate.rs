use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn duplicate() {
    let r = gather! { a => f(1), a => f(2), b => f(3) }.await;
//~                              ^
    let _: (u8, u8) = (r.a, r.b);
}

async fn raw() {
    let r = gather! { a => f(1), r#a => f(2) }.await;
//~                              ^^^
    println!("{}", r.a);
}

fn main() {}
