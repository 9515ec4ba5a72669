//! An error type without the `From` it needs.
//!
//! mistake: does not convert
//! fix: From<

use gather::gather;

async fn orders(id: u32) -> Result<Vec<u32>, std::io::Error> {
    Ok(vec![id * 10])
}

async fn price(text: &str) -> Result<f64, std::num::ParseFloatError> {
    text.parse()
}

struct AppError;

impl From<std::io::Error> for AppError {
    fn from(_: std::io::Error) -> Self {
        Self
    }
}

#[tokio::main]
async fn main() {
    let r = gather! { list => orders(1)?, price => price("1")?; error = AppError }.await;
//~                                                ^^^^^^^^^^
    println!("{}", r.is_ok());
}
