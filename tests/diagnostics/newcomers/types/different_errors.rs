//! Two error types.
//!
//! mistake: ParseFloatError
//! fix: ; error = 

use gather::gather;

async fn orders(id: u32) -> Result<Vec<u32>, std::io::Error> {
    Ok(vec![id * 10])
}

async fn price(text: &str) -> Result<f64, std::num::ParseFloatError> {
    text.parse()
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let r = gather! { list => orders(1)?, price => price("1")? }.await?;
//~                                                ^^^^^^^^^^
    println!("{:?} {}", r.list, r.price);
    Ok(())
}
