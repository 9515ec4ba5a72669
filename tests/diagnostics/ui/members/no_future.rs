use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

struct Client;

async fn plain(client: Client) {
    let r = gather! { a => client, b => f(1) }.await;
//~                        ^^^^^^
    let _: (String, u8) = (r.a, r.b);
}

async fn number() {
    let (a, b) = gather!(5, f(1)).await;
//~                      ^
    println!("{a} {b}");
}

async fn kept() {
    let r = gather! { a => "text", b => f(1); return_exceptions }.await;
//~                        ^^^^^^
    println!("{:?} {:?}", r.a, r.b);
}

async fn fallible() -> Result<(), String> {
    let r = gather! { a => 1 + 1?, b => f(1); limit = 3 }.await?;
//~                        ^^^^^
    println!("{:?} {:?}", r.a, r.b);
    Ok(())
}

async fn all_errors() {
    let r = gather! { a => (), b => std::future::ready(Err::<u8, u8>(1))?; all_errors }.await;
//~                        ^^
    println!("{}", r.is_ok());
}

async fn generic<T>(value: T) {
    let r = gather! { a => value, b => f(1) }.await;
//~                        ^^^^^
    println!("{}", r.b);
    drop(r.a);
}

async fn opaque(value: impl Clone) {
    let r = gather! { a => value.clone(), b => *[value] }.await;
//~                        ^^^^^^^^^^^^^        ^^^^^^^
    drop((r.a, r.b));
}

fn main() {}
