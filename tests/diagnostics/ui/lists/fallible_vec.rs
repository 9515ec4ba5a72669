use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn fallible(list: Vec<std::future::Ready<Result<u8, String>>>) -> Result<(), String> {
    let r = gather! { a => list?, b => f(1) }.await?;
//~                        ^^^^
    println!("{:?} {}", r.a, r.b);
    Ok(())
}

async fn limited(list: Vec<std::future::Ready<u8>>) {
    let (a, b) = gather!(list, f(1); limit = 2).await;
//~                      ^^^^
    println!("{a:?} {b}");
}

fn main() {}
