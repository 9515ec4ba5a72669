//! On a struct.
//!
//! mistake: async fn
//! fix: move it

mod api {
    use gather::gather_group;

    #[gather_group]
    pub struct Page {
//~     ^^^^^^
        pub id: u32,
    }
}

fn main() {
    println!("{}", api::Page { id: 1 }.id);
}
