//! A fn that was `Send` stays so.

use std::cell::Cell;
use std::error::Error;
use std::rc::Rc;

use gather::gather_group;

use crate::clock::Clock;

fn send<T: Send>(value: T) -> T {
    value
}

/// The error is neither `Send` nor kept.
#[gather_group]
async fn untyped_error(clock: &Clock, text: &str) -> Result<usize, Box<dyn Error>> {
    let a: usize = clock.step("a", 1, text.to_owned()).await.parse()?;
    let b = clock.step("b", 1, text.parse::<usize>()).await?;
    Ok(a + b)
}

#[gather_group]
async fn untyped_values(clock: &Clock) -> Result<Box<dyn Fn() -> u8 + Send>, Box<dyn Error + Send + Sync>> {
    let a: Box<dyn Fn() -> u8 + Send> = Box::new(clock.step("a", 1, || 1).await);
    let b: Result<u8, Box<dyn Error + Send + Sync>> = clock.step("b", 1, Err("b".into())).await;
    let n = b.unwrap_or(1);
    Ok(Box::new(move || a() + n))
}

#[gather_group(limit = 1)]
async fn borrows(clock: &Clock, words: &[&str], cell: &mut Cell<u8>) -> Option<(usize, u8)> {
    let first = clock.step("first", 1, words.first()).await?;
    let last = clock.step("last", 1, words.iter().map(|word| word.len()).max()).await?;
    let changed = clock.step("changed", 1, cell.get_mut()).await;
    Some((first.len() + last, *changed))
}

async fn handle(clock: &Clock) -> usize {
    let words = ["a".to_owned(), "bc".to_owned()];
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut cell = Cell::new(3);
    let sum = match untyped_error(clock, "4").await {
        Ok(sum) => sum,
        Err(error) => error.to_string().len(),
    };
    let made = untyped_values(clock).await.map_or(0, |make| make());
    let (lengths, changed) = borrows(clock, &words, &mut cell).await.unwrap_or_default();
    sum + usize::from(made + changed) + lengths
}

#[tokio::test(start_paused = true)]
async fn spawned_tasks() {
    let clock = Clock::new();
    let inside = clock.clone();
    assert_eq!(tokio::spawn(async move { handle(&inside).await }).await.unwrap(), 16);
    assert_eq!(clock.seen(), "a 0-1, b 0-1, a 1-2, b 1-2, first 2-3, last 3-4, changed 4-5");
    drop(send(untyped_error(&clock, "")));
}

/// The values of a stage wait for one another, the errors wait for nobody.
#[gather_group]
async fn not_send(clock: &Clock) -> Rc<u8> {
    let a = clock.step("a", 1, Rc::new(1)).await;
    let b = clock.step("b", 1, Rc::new(2)).await;
    Rc::new(*a + *b)
}

#[tokio::test(start_paused = true)]
async fn values_need_not_be_send() {
    assert_eq!(*not_send(&Clock::new()).await, 3);
}
