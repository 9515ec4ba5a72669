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

async fn find() -> Option<u8> {
    None
}

async fn option() -> Result<(), std::io::Error> {
    let r = gather! { a => find()?, b => io()? }.await?;
//~                        ^^^^^^
    println!("{:?} {}", r.a, r.b);
    Ok(())
}

async fn listed() {
    let r = gather!(*[find()]?; all_errors).await;
//~                 ^^^^^^^^^
    println!("{}", r.is_ok());
}

fn main() {}
