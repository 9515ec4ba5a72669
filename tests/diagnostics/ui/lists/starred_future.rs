use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn starred() {
    let r = gather! { a => *f(1), b => f(2) }.await;
//~                         ^^^^
    println!("{:?} {}", r.a, r.b);
}

async fn alone() {
    let all = gather!(*f(1)).await;
//~                    ^^^^
    println!("{all:?}");
}

async fn limited() {
    let all = gather!(*async { 1 }; limit = 1).await;
//~                    ^^^^^^^^^^^
    println!("{all:?}");
}

async fn fallible() -> Result<(), String> {
    let r = gather! { a => *std::future::ready(Ok::<_, String>(1))?, b => f(2) }.await?;
//~                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    println!("{:?} {}", r.a, r.b);
    Ok(())
}

fn main() {}
