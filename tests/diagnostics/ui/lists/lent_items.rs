use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn lent() {
    let list = vec![f(1), f(2)];
    let r = gather! { a => *list.iter(), b => f(3) }.await;
//~                         ^^^^^^^^^^^
    println!("{:?} {}", r.a, r.b);
}

async fn lent_slice(list: &[std::future::Ready<u8>]) {
    let all = gather!(*list; limit = 1).await;
//~                    ^^^^
    println!("{all:?}");
}

fn main() {}
