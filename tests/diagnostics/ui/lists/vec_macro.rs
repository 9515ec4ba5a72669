use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn vec_macro() {
    let (a, b) = gather!(vec![f(1), f(2)], f(3)).await;
//~                      ^^^^^^^^^^^^^^^^
    println!("{a:?} {b}");
}

fn main() {}
