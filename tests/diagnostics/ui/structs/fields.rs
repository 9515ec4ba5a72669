use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

struct Page {
    user: u8,
    ads: String,
}

async fn missing() -> Page {
    gather!(Page { user: f(1) }).await
//~         ^^^^
}

async fn unknown() -> Page {
    gather!(Page { user: f(1), adds: f(2), ads: async { String::new() } }).await
//~                            ^^^^
}

async fn twice() -> Page {
    gather!(Page { user: f(1), user: f(2), ads: async { String::new() } }).await
//~                            ^^^^
}

async fn no_such_struct() {
    gather!(Pages { user: f(1) }).await;
//~         ^^^^^
}

async fn show(page: Page) {
    println!("{} {}", page.user, page.ads);
}

fn main() {}
