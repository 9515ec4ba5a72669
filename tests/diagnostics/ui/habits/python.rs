use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn comprehensions(ids: Vec<u8>) {
    let all = gather!(*[f(id) for id in ids]).await;
//~                           ^^^
    println!("{all:?}");
}

async fn generators(ids: Vec<u8>) {
    let all = gather!(*(f(id) for id in ids)).await;
//~                           ^^^
    println!("{all:?}");
}

async fn without_a_star(ids: Vec<u8>) {
    let all = gather!(f(1) for id in ids).await;
//~                        ^^^
    println!("{all:?}");
}

async fn awaited() {
    let (a, b) = gather!(await f(1), f(2)).await;
//~                      ^^^^^
    println!("{a} {b}");
}

async fn keywords() {
    let (a, b) = gather!(f(1), f(2), return_exceptions=True).await;
//~                                  ^^^^^^^^^^^^^^^^^
    println!("{} {}", a.is_ok(), b.is_ok());
}

async fn seconds() {
    let (a, b) = gather!(f(1), f(2); return_exceptions, timeout = 0.5).await;
//~                                                               ^^^
    println!("{} {}", a.is_ok(), b.is_ok());
}

fn main() {}
