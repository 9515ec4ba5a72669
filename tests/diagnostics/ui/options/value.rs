use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn values() {
    let r = gather! { a => f(1); limit = "many" }.await;
//~                                      ^^^^^^
    println!("{}", r.a);
    let r = gather! { a => f(1); return_exceptions = true }.await;
//~                                                  ^^^^
    println!("{}", r.a.is_ok());
    let r = gather! { a => f(1); return_exceptions, timeout = 5 }.await;
//~                                                           ^
    println!("{}", r.a.is_ok());
    let r = gather! { a => f(1); return_exceptions, until = 1.5 }.await;
//~                                                         ^^^
    println!("{}", r.a.is_ok());
    let r = gather! { a => std::future::ready(Ok::<u8, u8>(1))?; error = 5 }.await;
//~                                                                      ^
    println!("{}", r.is_ok());
    let r = gather! { a => f(1); limit }.await;
//~                              ^^^^^
    println!("{}", r.a);
    let r = gather! { a => f(1); limit: 3 }.await;
//~                                   ^
    println!("{}", r.a);
}

fn main() {}
