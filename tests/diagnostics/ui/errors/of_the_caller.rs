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

async fn other_error_of_the_fn() -> Result<(), std::num::ParseIntError> {
    let r = gather! { a => io()?, b => f(1) }.await?;
//~                                                ^
    println!("{} {}", r.a, r.b);
    Ok(())
}

async fn no_result() {
    let r = gather! { a => io()? }.await?;
//~                                     ^
    println!("{}", r.a);
}

async fn not_taken_out() {
    let r = gather! { a => io()? }.await;
    println!("{}", r.a);
//~                  ^
}

fn main() {}
