//! The attribute on what is no fn.
use gather::gather_group;

mod inside {
    use super::gather_group;

    #[gather_group]
    pub struct Page {
//~     ^^^^^^
        pub user: u64,
    }

    #[gather_group]
    impl Page {
//~ ^^^^
        pub async fn fetch() -> u64 {
            1
        }
    }

    #[gather_group]
    pub trait Source {}
//~     ^^^^^

    #[gather_group]
    pub const LIMIT: usize = 1;
//~     ^^^^^

    #[gather_group]
    pub mod deeper {}
//~     ^^^
}

#[gather_group]
pub use inside::{LIMIT, Page};
//~ ^^^

fn main() {
    let _ = (Page::fetch(), Page { user: 1 }, LIMIT);
}
