use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn find() -> Option<u8> {
    None
}

async fn taken_apart() {
    let (a,) = gather!(f(1)?).await;
//~                    ^^^^
    println!("{a}");
}

async fn asked() -> Result<(), String> {
    let r = gather! { a => f(1), b => find()? }.await?;
//~                                   ^^^^^^
    println!("{} {:?}", r.a, r.b);
    Ok(())
}

fn main() {}
