use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn io() -> Result<u8, std::io::Error> {
    Ok(1)
}

async fn parse() -> Result<u8, std::num::ParseIntError> {
    "1".parse()
}

async fn different() -> Result<(), Box<dyn std::error::Error>> {
    let r = gather! { a => io()?, b => f(1), c => parse()? }.await?;
//~                                               ^^^^^^^
    let _: (u8, u8, u8) = (r.a, r.b, r.c);
    Ok(())
}

async fn named() {
    let (a, b) = gather!(io()?, *[parse()]?; name_errors).await.unwrap();
//~                              ^^^^^^^^^^
    println!("{a} {b:?}");
}

async fn all() {
    let r = gather!(io()?, parse()?; all_errors).await;
//~                        ^^^^^^^
    println!("{}", r.is_ok());
}

fn main() {}
