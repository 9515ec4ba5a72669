use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn misspelled() {
    let r = gather! { a => f(1); return_exception }.await;
//~                              ^^^^^^^^^^^^^^^^
    println!("{:?}", r.a.is_ok());
}

async fn with_value() {
    let (a, b) = gather!(f(1), f(2); limt = 3, time_out = std::time::Duration::MAX, Error = String).await;
//~                                  ^^^^      ^^^^^^^^                             ^^^^^
    println!("{a} {b}");
}

fn main() {}
