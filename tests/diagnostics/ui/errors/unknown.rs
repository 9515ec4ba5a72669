//! An error that is not known where the group stands, and is no `Error`.

use gather::{Exception, gather};

async fn named() -> Result<(u8,), Exception<String>> {
    gather!(async { Ok(1) }?; name_errors).await
//~         ^^^^^^^^^^^^^^^
}

async fn all() -> Result<u8, gather::Exceptions<String>> {
    gather! { a => async { Ok(1) }?, b => async { Ok(2) }?; all_errors }.await.map(|r| r.a + r.b)
//~                ^^^^^^^^^^^^^^^
}

async fn spawned() -> Result<(u8,), Exception<&'static str>> {
    gather!(async { Ok(1) }?; spawn).await
//~         ^^^^^^^^^^^^^^^
}

async fn kept() -> Result<u8, Exception<String>> {
    gather! { a => async { Ok(1) }, n => async { 1 }; return_exceptions }.await.a
//~                      ^^^^^^^^^
}

async fn kept_items() -> Vec<Result<u8, Exception<String>>> {
    gather!(*[async { Ok(1) }]?; return_exceptions).await
//~          ^^^^^^^^^^^^^^^^^
}

fn main() {}
