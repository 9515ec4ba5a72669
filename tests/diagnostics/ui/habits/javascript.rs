use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn spread() {
    let list = vec![f(1), f(2)];
    let r = gather! { a => f(1), all => ...list }.await;
//~                                     ^^^
    println!("{} {:?}", r.a, r.all);
}

async fn two_dots() {
    let list = vec![f(1), f(2)];
    let all = gather!(..list).await;
//~                   ^^
    println!("{all:?}");
}

async fn objects() {
    let r = gather! {
        a: f(1),
//~      ^
        b: f(1).
//~      ^     ^
        c: f(2),
//~      ^
    }
    .await;
    println!("{} {}", r.a, r.c);
}

fn main() {}
