use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

struct Page {
    user: u8,
    ads: String,
}

async fn wrong_type() -> Page {
    gather!(Page { user: f(1), ads: f(2) }).await
//~                                 ^^^^
}

async fn results() -> Page {
    gather!(Page { user: f(1), ads: async { String::new() } }; return_exceptions).await
//~                      ^^^^       ^^^^^^^^^^^^^^^^^^^^^^^
}

async fn show(page: Page) {
    println!("{} {}", page.user, page.ads);
}

fn main() {}
