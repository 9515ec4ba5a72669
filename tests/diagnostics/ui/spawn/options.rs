use gather::gather;

async fn f(n: u8) -> Result<u8, String> {
    Ok(n)
}

async fn named_anyway() {
    let group = gather! { a => f(1)?; spawn, name_errors };
//~                                          ^^^^^^^^^^^
    let _: Option<u8> = group.await.ok().map(|r| r.a);
}

async fn a_switch() {
    let group = gather! { a => f(1)?; spawn = true };
//~                                           ^^^^
    let _: Option<u8> = group.await.ok().map(|r| r.a);
}

fn main() {}
