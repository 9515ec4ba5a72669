use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

struct Page {
    user: u8,
    ads: String,
}

async fn members() -> Page {
    gather!(Page { user: f, ads: async { String::new() }.await }).await
//~                      ^                               ^^^^^
}

async fn list(list: Vec<std::future::Ready<u8>>) -> Page {
    gather!(Page { user: list, ads: async { String::new() } }).await
//~                      ^^^^
}

async fn base(page: &Page) -> Page {
    gather!(Page { user: f(1), ..page }).await
//~                              ^^^^
}

async fn show(page: Page) {
    println!("{} {}", page.user, page.ads);
}

fn main() {}
