use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

struct Client;

async fn no_list(client: Client) {
    let r = gather! { a => *client, b => f(3) }.await;
//~                         ^^^^^^
    println!("{:?} {}", r.a, r.b);
}

async fn number() {
    let all = gather!(*17; limit = 1).await;
//~                    ^^
    println!("{all:?}");
}

fn main() {}
