use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn undefined(client: Client) {
//~                        ^^^^^^
    let r = gather! { a => fetch(1), b => client.get(), c => f(1) }.await;
//~                        ^^^^^
    println!("{:?} {:?} {}", r.a, r.b, r.c);
}

async fn wrong_argument() {
    let r = gather! { a => f("text"), b => f(1).now(), c => f() }.await;
//~                          ^^^^^^             ^^^         ^
    println!("{:?} {:?} {}", r.a, r.b, r.c);
}

fn main() {}
