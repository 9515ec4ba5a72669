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

async fn plain() -> Result<(), std::io::Error> {
    let r = gather! { a => f(1)?, b => io()? }.await?;
//~                        ^^^^^
    let _: (u8, u8) = (r.a, r.b);
    Ok(())
}

async fn alone() {
    let r = gather!(f(1)?).await;
//~                 ^^^^^
    println!("{}", r.is_ok());
}

async fn listed() -> Result<(), std::io::Error> {
    let r = gather! { a => *[1, 2].map(f)?, b => io()?; all_errors }.await;
//~                         ^^^^^^^^^^^^^^
    println!("{}", r.is_ok());
    Ok(())
}

async fn kept() {
    let r = gather! { a => f(1)?, b => io()?; return_exceptions }.await;
//~                        ^^^^^
    println!("{} {}", r.a.is_ok(), r.b.is_ok());
}

fn main() {}
