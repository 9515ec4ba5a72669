use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

struct Client {
    id: u8,
}

impl Client {
    async fn user(&self) -> u8 {
        self.id
    }
}

async fn dot(client: Client) {
    let r = gather! { a => client., b => client.user() }.await;
//~                              ^
    println!("{:?} {}", r.a, r.b);
}

async fn dot_at_the_end(client: Client) {
    let (a, b) = gather!(client.user(), client.user().).await;
//~                                                  ^
    println!("{a} {b:?}");
}

async fn operator() {
    let r = gather! { a => f(1 +), b => f(1) }.await;
//~                             ^
    println!("{:?} {}", r.a, r.b);
}

fn main() {}
