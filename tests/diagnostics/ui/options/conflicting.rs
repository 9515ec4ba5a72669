use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn conflicting() {
    let r = gather! { a => f(1); return_exceptions, all_errors }.await;
//~                                                 ^^^^^^^^^^
    println!("{:?}", r.a.is_ok());
}

async fn named_and_all() {
    let r = gather! { a => std::future::ready(Ok::<u8, u8>(1))?; name_errors, all_errors }.await;
//~                                                                           ^^^^^^^^^^
    println!("{:?}", r.is_ok());
}

fn main() {}
