use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn numbers() {
    let numbers = [1, 2];
    let r = gather! { a => *numbers, b => f(1) }.await;
//~                         ^^^^^^^
    println!("{:?} {}", r.a, r.b);
}

async fn limited() {
    let all = gather!(*vec!["a", "b"]; limit = 2).await;
//~                    ^^^^^^^^^^^^^^
    println!("{all:?}");
}

async fn kept() {
    let all = gather!(*["a".to_owned()]; return_exceptions).await;
//~                    ^^^^^^^^^^^^^^^^
    println!("{all:?}");
}

async fn fallible() -> Result<(), String> {
    let words = ["a".to_owned()];
    let all = gather!(*words.iter()?).await?;
//~                    ^^^^^^^^^^^^
    println!("{all:?}");
    Ok(())
}

fn main() {}
