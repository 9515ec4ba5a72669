//! `return_exceptions`: nothing fails the group, and each field says how its member ended.
#![allow(clippy::unused_async, reason = "members are most often calls of async fns")]

use std::num::ParseIntError;
use std::panic;
use std::time::Duration;

use gather::{Exception, gather};
use tokio::time::sleep;

async fn port(text: &str) -> Result<u16, ParseIntError> {
    text.parse()
}

async fn broken() -> u16 {
    panic!("a bug")
}

async fn slow() -> u16 {
    sleep(Duration::from_secs(60)).await;
    443
}

fn show<E: std::fmt::Display>(field: Result<u16, Exception<E>>) {
    match field {
        Ok(port) => println!("port {port}"),
        Err(exception) => println!("{exception}"),
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    // A panic that is caught still prints its message where it happens. Not here.
    panic::set_hook(Box::new(|_| {}));

    let r = gather! {
        good => port("8080"),
        bad => port("http"),
        list => *["1", "x"].map(port),
        broken => broken(),
        slow => slow();
        return_exceptions, timeout = Duration::from_secs(1)
    }
    .await;

    show(r.good);
    show(r.bad);
    r.list.into_iter().for_each(show);
    show(r.broken);
    show(r.slow);
}
