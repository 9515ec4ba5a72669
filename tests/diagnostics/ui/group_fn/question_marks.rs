//! `?` that the fn's return type does not take.
use gather::gather_group;

#[derive(Debug)]
struct Wrong;

#[derive(Debug)]
struct AppError;

async fn get(id: u64) -> Result<u64, Wrong> {
    Ok(id)
}

async fn find(id: u64) -> Option<u64> {
    Some(id)
}

#[gather_group]
async fn unit() {
    let _a = get(1).await?;
//~                      ^
    let _b = find(2).await;
}

#[gather_group]
async fn another_error() -> Result<u64, AppError> {
    let a = get(1).await?;
//~                     ^
    let b = find(2).await;
    b.ok_or(AppError).map(|b| a + b)
}

#[gather_group]
async fn option_in_result() -> Result<u64, Wrong> {
    let a = get(1).await?;
    let b = find(2).await?;
//~                      ^
    Ok(a + b)
}

fn main() {
    let _ = (unit(), another_error(), option_in_result());
}
