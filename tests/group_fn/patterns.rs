//! The values are owned locals afterwards, bound as they were written.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::Arc;

use gather::gather_group;

use crate::clock::Clock;

struct Page {
    title: String,
    lines: Vec<u8>,
    size: (u8, u8),
}

fn page() -> Page {
    Page { title: "t".to_owned(), lines: vec![1, 2], size: (3, 4) }
}

#[gather_group]
async fn taken_apart(clock: &Clock) -> (String, usize, u8, u8) {
    let Page { title, mut lines, size: (width, _) } = clock.step("page", 1, page()).await;
    let (a, [b, .., c]) = clock.step("tuple", 2, (1, [2, 3, 4])).await;
    let ref d @ ref e = clock.step("ref", 1, String::from("d")).await;
    let () = clock.step("unit", 1, ()).await;
    let _ = clock.step("ignored", 1, 1).await;
    lines.push(a + b + c);
    (title + d + e, lines.len(), lines[2], width)
}

#[tokio::test(start_paused = true)]
async fn patterns() {
    let clock = Clock::new();
    assert_eq!(taken_apart(&clock).await, ("tdd".to_owned(), 3, 7, 3));
    assert_eq!(clock.seen(), "ignored 0-1, page 0-1, ref 0-1, tuple 0-2, unit 0-1");
}

#[gather_group]
async fn annotated(clock: &Clock) -> (String, usize, u64, u8) {
    let shown: Box<dyn Display + Send> = Box::new(clock.step("shown", 1, 1).await);
    let listed: Vec<_> = clock.step("listed", 1, "a b").await.split(' ').collect();
    let summed: u64 = clock.step("summed", 1, [1, 2]).await.iter().sum();
    let added: fn(u8) -> u8 = {
        clock.step("added", 1, ()).await;
        |x| x + 1
    };
    let by_name: BTreeMap<String, &'static str> = clock.step("map", 1, BTreeMap::default()).await;
    (shown.to_string(), listed.len() + by_name.len(), summed, added(1))
}

#[tokio::test(start_paused = true)]
async fn annotations_are_where_coercions_and_inference_need_them() {
    let clock = Clock::new();
    assert_eq!(annotated(&clock).await, ("1".to_owned(), 2, 3, 2));
    assert_eq!(clock.seen(), "added 0-1, listed 0-1, map 0-1, shown 0-1, summed 0-1");
}

#[gather_group]
async fn moved(clock: &Clock) -> (String, String) {
    let a = clock.step("a", 1, String::from("a")).await;
    let mut b = clock.step("b", 1, String::from("b")).await;
    let owned = Box::new(a);
    b.push('!');
    let b = b;
    (*owned, b)
}

#[gather_group]
async fn inferred_later(clock: &Clock) -> (Vec<u16>, Option<u8>) {
    let mut list = clock.step("list", 1, Vec::new()).await;
    let mut found = clock.step("found", 1, None).await;
    list.push(1);
    found.get_or_insert(2);
    (list, found)
}

#[tokio::test(start_paused = true)]
async fn values_are_owned() {
    let clock = Clock::new();
    assert_eq!(moved(&clock).await, ("a".to_owned(), "b!".to_owned()));
    assert_eq!(inferred_later(&clock).await, (vec![1], Some(2)));
    assert_eq!(clock.seen(), "a 0-1, b 0-1, found 1-2, list 1-2");
}

/// What a pattern leaves over is dropped where the `let` stands, not at the end of the fn.
#[gather_group]
async fn left_over(clock: &Clock, token: &Arc<()>) -> Vec<usize> {
    let _ = clock.step("ignored", 1, token.clone()).await;
    let (kept, _) = clock.step("half", 1, (token.clone(), token.clone())).await;
    let mut counts = vec![Arc::strong_count(token)];
    drop(kept);
    counts.push(Arc::strong_count(token));
    counts
}

#[tokio::test(start_paused = true)]
async fn what_is_left_over_is_dropped_at_once() {
    let token = Arc::new(());
    assert_eq!(left_over(&Clock::new(), &token).await, [2, 1]);
}

#[gather_group]
async fn with_else(clock: &Clock, text: &str) -> Result<(u8, char), String> {
    let first = clock.step("first", 1, text.chars().next()).await;
    let Ok(number): Result<u8, _> = clock.step("number", 1, text.parse()).await else {
        return Err(format!("{first:?} starts no number"));
    };
    let Some(first) = first else { unreachable!() };
    Ok((number, first))
}

#[tokio::test(start_paused = true)]
async fn let_else_sees_the_others() {
    let clock = Clock::new();
    assert_eq!(with_else(&clock, "12").await, Ok((12, '1')));
    assert_eq!(with_else(&clock, "x").await, Err("Some('x') starts no number".to_owned()));
    assert_eq!(clock.seen(), "first 0-1, number 0-1, first 1-2, number 1-2");
}
