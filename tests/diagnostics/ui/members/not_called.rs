use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn none() -> u8 {
    0
}

async fn not_called() {
    let r = gather! { a => none, b => f(1) }.await;
//~                        ^^^^
    let _: (u8, u8) = (r.a, r.b);
}

async fn with_arguments() {
    let (a, b) = gather!(f, f(1)).await;
//~                      ^
    println!("{a:?} {b}");
}

async fn kept() {
    let r = gather! { a => f; return_exceptions, limit = 1 }.await;
//~                        ^
    println!("{:?}", r.a);
}

async fn method() {
    struct Client;
    impl Client {
        async fn get(&self, id: u8, path: &str) -> Option<usize> {
            Some(path.len() + usize::from(id))
        }
    }
    println!("{:?}", Client.get(1, "a").await);
    let r = gather! { a => Client::get, b => f(1) }.await;
//~                        ^^^^^^^^^^^
    println!("{:?} {}", r.a, r.b);
}

fn main() {}
