use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn types(n: u32, seconds: u64, client: &str) {
    let r = gather! { a => f(1); limit = n }.await;
//~                                      ^
    println!("{}", r.a);
    let r = gather! { a => f(1); return_exceptions, timeout = seconds * 2 }.await;
//~                                                           ^^^^^^^^^^^
    println!("{}", r.a.is_ok());
    let r = gather! { a => f(1); return_exceptions, until = client }.await;
//~                                                         ^^^^^^
    println!("{}", r.a.is_ok());
}

async fn no_such_type() -> Result<(), String> {
    let r = gather! { a => std::future::ready(Ok::<u8, u8>(1))?; error = AppError }.await;
//~                                                                      ^^^^^^^^
    println!("{}", r.is_ok());
    Ok(())
}

fn main() {}
