use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn vec(list: Vec<std::future::Ready<u8>>) {
    let r = gather! { a => list, b => f(1) }.await;
//~                        ^^^^
    let _: (u8, u8) = (r.a, r.b);
}

async fn vec_in_tuple() {
    let list = Vec::from([f(1), f(2)]);
    let (a, b) = gather!(list, f(3)).await;
//~                      ^^^^
    let _: (usize, u8) = (a.len(), b);
}

async fn alone() {
    let futures: Vec<_> = [1, 2].into_iter().map(f).collect();
    let all = gather!(futures).await;
//~                   ^^^^^^^
    println!("{all:?}");
}

async fn under_options(list: Vec<std::future::Ready<Result<u8, String>>>) {
    let r = gather! { a => list, b => f(1); return_exceptions }.await;
//~                        ^^^^
    println!("{:?} {:?}", r.a, r.b);
    let fine = gather! { a => *Vec::<std::future::Ready<u8>>::new(), b => f(1); limit = 2 }.await;
    println!("{:?} {:?}", fine.a, fine.b);
}

fn main() {}
