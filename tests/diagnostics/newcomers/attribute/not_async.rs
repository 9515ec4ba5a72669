//! On a fn that is not async.
//!
//! mistake: async fn
//! fix: write `async`

mod api {
    use gather::gather_group;

    #[gather_group]
    pub fn names() -> u32 {
//~     ^^
        1
    }
}

fn main() {
    api::names();
}
