use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

fn connect() -> Result<std::future::Ready<u8>, String> {
    Ok(std::future::ready(1))
}

async fn result() {
    let r = gather! { a => connect(), b => f(2) }.await;
//~                        ^^^^^^^^^
    println!("{:?} {}", r.a, r.b);
}

async fn option() {
    let (a, b) = gather!(Some(f(1)), f(2)).await;
//~                      ^^^^^^^^^^
    println!("{a:?} {b}");
}

async fn question_inside() -> Result<(), String> {
    let r = gather! { a => connect()?, b => f(2) }.await?;
//~                        ^^^^^^^^^
    println!("{:?} {}", r.a, r.b);
    Ok(())
}

fn main() {}
