use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn awaited() {
    let r = gather! { a => f(1).await, b => f(2) }.await;
//~                             ^^^^^
    let _: (u8, u8) = (r.a, r.b);
}

async fn with_question() -> Result<(), String> {
    let (a, b) = gather!(std::future::ready(Ok::<u8, String>(1)).await?, f(2)).await?;
//~                                                              ^^^^^
    let _: (u8, u8) = (a, b);
    Ok(())
}

async fn before(n: u8) {
    let user = f(n).await;
    let r = gather! { a => user, b => f(2) }.await;
//~                        ^^^^
    println!("{:?} {}", r.a, r.b);
}

fn main() {}
