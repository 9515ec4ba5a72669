//! A task-local of tokio is seen by the members of an in-task group, and not by those of a spawned one, unless it is
//! handed on.
#![allow(clippy::unused_async, reason = "members are most often calls of async fns")]

use gather::gather;

tokio::task_local! {
    static REQUEST: u32;
}

async fn request() -> Option<u32> {
    REQUEST.try_with(|request| *request).ok()
}

async fn look() {
    let r = gather! { in_task => request() }.await;
    println!("in-task:   {:?}", r.in_task);

    let r = gather! { plain => request(), handed_on => REQUEST.scope(REQUEST.get(), request()); spawn }.await;
    match r {
        Ok(r) => println!("spawned:   {:?}\nhanded on: {:?}", r.plain, r.handed_on),
        Err(exception) => println!("{exception}"),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    REQUEST.scope(7, look()).await;
}
