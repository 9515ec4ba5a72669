//! What a `?` leaves of an ignored member is reported where it must be used.
#![deny(warnings)]

use gather::gather;

async fn fallible() -> Result<(), String> {
    Ok(())
}

async fn nested() -> Result<Result<u8, String>, String> {
    Ok(Ok(1))
}

async fn first_error() -> Result<(), tokio::task::JoinError> {
    gather! { _ => tokio::spawn(fallible())? }.await
//~           ^
}

async fn named() -> Result<(), gather::Exception<String>> {
    gather! { _ => nested()?, _ => fallible()?; name_errors }.await
//~           ^
}

async fn all() -> Result<u8, gather::Exceptions<String>> {
    let r = gather! { a => async { Ok(1) }?, _ => nested()?; all_errors }.await?;
//~                                          ^
    Ok(r.a)
}

async fn spawned() -> Result<(), gather::Exception<String>> {
    gather! { _ => nested()?, _ => tokio::spawn(fallible())?; spawn }.await
//~           ^
}

// Without a `?` nobody wants it.
async fn dropped() {
    gather! { _ => fallible(), _ => nested() }.await;
}

fn main() {
    let _ = (first_error, named, all, spawned, dropped);
}
