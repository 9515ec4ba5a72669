//! What a user of both forms writes: an in-task group with an error, a spawned group, a deadline.

use std::time::Duration;

use gather::{gather, gather_group};
use tokio::time::sleep;

async fn number(n: u32) -> Result<u32, std::num::ParseIntError> {
    sleep(Duration::from_millis(1)).await;
    n.to_string().parse()
}

async fn text(text: &str) -> Result<u32, std::num::ParseIntError> {
    sleep(Duration::from_millis(2)).await;
    text.parse()
}

#[gather_group]
async fn sum() -> Result<u32, std::num::ParseIntError> {
    let one = number(1).await?;
    let two = number(2).await?;
    Ok(one + two)
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let page = gather! { one => number(1)?, two => text("2")?, all => *(0..20).map(number); limit = 4 }.await;
    let page = page.expect("nothing fails");
    assert_eq!((page.one, page.two, page.all.len()), (1, 2, 20));

    let wrong = gather! { one => number(1)?, two => text("two")?; name_errors }.await.map(|both| both.one + both.two);
    assert_eq!(wrong.expect_err("`two` is no number").to_string(), "member `two` failed: invalid digit found in string");

    let spawned = gather! { one => number(1), all => *(0..20).map(number); spawn }.await.expect("nobody cancels it");
    assert_eq!((spawned.one, spawned.all.len()), (Ok(1), 20));

    let (late,) = gather!(sleep(Duration::from_secs(600)); return_exceptions, timeout = Duration::from_millis(5)).await;
    assert!(late.is_err());

    assert_eq!(sum().await, Ok(3));
    println!("in-task, spawned and with a deadline: as it should be");
}
