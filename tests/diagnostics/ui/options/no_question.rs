use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn error_type() {
    let r = gather! { a => f(1); error = String }.await;
//~                              ^^^^^
    let _: u8 = r.a;
}

async fn all_errors() {
    let r = gather! { a => f(1); all_errors }.await;
//~                              ^^^^^^^^^^
    println!("{}", r.a);
}

async fn name_errors() {
    let (a,) = gather!(f(1); name_errors).await;
//~                          ^^^^^^^^^^^
    println!("{a}");
}

fn main() {}
