use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn take(text: String) -> String {
    text
}

async fn argument() {
    let text = String::new();
    let r = gather! { a => take(text), b => take(text) }.await;
//~                                              ^^^^
    println!("{} {}", r.a, r.b);
}

async fn future() {
    let future = f(1);
    let (a, b) = gather!(future, future).await;
//~                              ^^^^^^
    println!("{a} {b}");
}

async fn block() {
    let text = String::new();
    let r = gather! { a => async move { text }, b => async move { text } }.await;
//~                                                  ^^^^^^^^^^
    println!("{} {}", r.a, r.b);
}

async fn list() {
    let list = vec![f(1)];
    let r = gather! { a => *list, b => *list }.await;
//~                                     ^^^^
    println!("{:?} {:?}", r.a, r.b);
}

async fn after() {
    let future = f(1);
    let r = gather! { a => future; return_exceptions }.await;
    println!("{:?} {}", r.a, future.await);
//~                          ^^^^^^
}

fn main() {}
