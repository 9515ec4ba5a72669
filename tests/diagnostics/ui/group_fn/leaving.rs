//! What would leave an initialiser that runs beside others. Of jumps to nowhere rustc says all there is to say.
use gather::gather_group;

async fn get(id: u64) -> Result<u64, String> {
    Ok(id)
}

#[gather_group]
async fn returns(id: u64) -> Result<u64, String> {
    let a = match get(id).await {
        Ok(a) => a,
        Err(e) => return Err(e),
//~               ^^^^^^
    };
    let b = get(id + 1).await?;
    Ok(a + b)
}

#[gather_group]
async fn jumps(id: u64) -> u64 {
    let a = {
        if id == 1 {
            break;
//~         ^^^^^
        }
        get(id).await
    };
    let b = loop {
        match get(id).await {
            Ok(b) => break b,
            Err(_) => continue 'outer,
//~                            ^^^^^^
        }
    };
    a.unwrap_or(b)
}

fn main() {
    let _ = (returns(1), jumps(1));
}
