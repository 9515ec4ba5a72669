use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

struct Page {
    user: u8,
    ads: String,
}

async fn arrow() -> Page {
    gather!(Page { user => f(1), ads: async { String::new() } }).await
//~                     ^^
}

async fn ignored() -> Page {
    gather!(Page { user: f(1), ads: async { String::new() }, _: f(2) }).await
//~                                                          ^
}

async fn options_inside() -> Page {
    gather!(Page { user: f(1), ads: async { String::new() }; limit = 1 }).await
//~                                                        ^
}

struct Of<T> {
    value: T,
}

async fn no_turbofish() -> u8 {
    gather!(Of<u8> { value: f(1) }).await.value
//~           ^
}

async fn module() {
    gather!(crate { user: f(1) }).await;
//~         ^^^^^
}

async fn show(page: Page) {
    println!("{} {}", page.user, page.ads);
}

fn main() {}
