//! Lists of futures that must be pinned first, and a list whose closure does not fit.
use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn boxed() {
    let list: Vec<Box<dyn Future<Output = u8>>> = vec![Box::new(f(1))];
    let all = gather!(*list).await;
//~                    ^^^^
    println!("{all:?}");
}

async fn boxed_under_a_limit() {
    let list = vec![Box::new(f(1))];
    let all = gather!(*list; limit = 1).await;
//~                    ^^^^
    println!("{all:?}");
}

async fn lent() {
    let mut list = [f(1), f(2)];
    let all = gather!(*list.iter_mut()).await;
//~                    ^^^^^^^^^^^^^^^
    println!("{all:?}");
}

async fn lent_under_a_limit() {
    let mut list = [f(1), f(2)];
    let all = gather!(*&mut list; limit = 1).await;
//~                    ^^^^^^^^^
    println!("{all:?}");
}

async fn an_object(object: &mut dyn Future<Output = u8>) {
    let (a,) = gather!(object).await;
//~                    ^^^^^^
    println!("{a}");
}

async fn reported_by_rustc() {
    let all = gather!(*[1, 2].iter().map(f)).await;
//~                                      ^
    println!("{all:?}");
}

fn main() {}
