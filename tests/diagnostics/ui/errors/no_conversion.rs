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

struct AppError(std::io::Error);

impl From<std::io::Error> for AppError {
    fn from(error: std::io::Error) -> Self {
        Self(error)
    }
}

async fn one_way() -> Result<(), AppError> {
    let r = gather! { a => io()?, b => parse()?; error = AppError }.await?;
//~                                    ^^^^^^^
    let _: (u8, u8) = (r.a, r.b);
    Ok(())
}

async fn kept() {
    let r = gather! { a => io()?, b => parse()?; error = AppError, return_exceptions }.await;
//~                                    ^^^^^^^
    println!("{} {}", r.a.is_ok(), r.b.is_ok());
}

fn main() {}
