use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn closure() {
    let r = gather! { a => || f(1), b => f(1) }.await;
//~                        ^^^^^^^
    println!("{:?} {}", r.a, r.b);
}

async fn async_closure() {
    let r = gather! { a => async move || 1, b => f(1) }.await;
//~                        ^^^^^^^^^^^^^^^
    println!("{:?} {}", r.a, r.b);
}

async fn in_a_variable() {
    let later = |n| f(n);
    let (a, b) = gather!(later, f(1)).await;
//~                      ^^^^^
    println!("{a:?} {b}");
}

async fn names_in_a_tuple() {
    let (a, b) = gather!(f(1), |a| f(*a)).await;
//~                            ^^^^^^^^^
    println!("{a} {b:?}");
}

fn main() {}
