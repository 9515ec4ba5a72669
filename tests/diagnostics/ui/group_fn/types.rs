//! Errors of type and name stay where they are without the attribute.
use gather::gather_group;

async fn get(id: u64) -> Result<u64, String> {
    Ok(id)
}

#[gather_group]
async fn annotation() -> Result<u64, String> {
    let a: String = get(1).await?;
//~                 ^^^^^^^^^^^^^
    let b = get(2).await?;
    Ok(a.len() as u64 + b)
}

#[gather_group]
async fn argument() -> Result<u64, String> {
    let a = get("1").await?;
//~             ^^^
    let b = get(2).await?;
    Ok(a + b)
}

#[gather_group]
async fn pattern() -> Result<u64, String> {
    let (a, b) = get(1).await?;
//~     ^^^^^^
    let c = get(2).await?;
    Ok(a + b + c)
}

#[gather_group]
async fn refutable() -> Result<u64, String> {
    let 1 = get(1).await?;
//~     ^
    let b = get(2).await?;
    Ok(b)
}

#[gather_group]
async fn name() -> Result<u64, String> {
    let a = missing(1).await?;
//~         ^^^^^^^
    let b = get(2).await?;
    Ok(a + b)
}

#[gather_group]
async fn no_future() -> Result<u64, String> {
    let a = get(1).await?.await;
//~                       ^^^^^
    let b = get(2).await?;
    Ok(a + b)
}

#[gather_group]
async fn unknown_type() -> Result<u64, String> {
    let a = get(1).await?;
    let b = async { None }.await;
//~     ^
    Ok(a)
}

#[gather_group]
async fn result_type() -> Result<u64, Missing> {
//~                                   ^^^^^^^
    let a = get(1).await?;
    let b = get(2).await?;
    Ok(a + b)
}

fn main() {
    let _ = (annotation(), argument(), pattern(), refutable(), name(), no_future(), unknown_type(), result_type());
}
