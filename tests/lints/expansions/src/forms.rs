//! Layouts, values and dependencies.

use std::future::{Future, ready};

use gather::gather;

/// A struct of the user's.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// A single member.
    pub user: u8,
    /// A list.
    pub ads: Vec<u8>,
    /// Given by `..base` at times.
    pub title: String,
}

/// Two positions.
#[derive(Clone, Copy, Debug)]
pub struct Pair(pub u8, pub u8);

async fn f(n: u8) -> u8 {
    n
}

/// Records.
pub async fn records(ids: &[u8]) -> usize {
    let r = gather! { a => f(1), r#type => f(2), list => *ids.iter().map(|id| f(*id)), _ => f(3), _ => *[f(4)] }.await;
    let named = gather! { a => gather! { b => f(5) }, c => async { r.list.len() }, }.await;
    gather! { _ => f(6) }.await;
    gather! {}.await;
    usize::from(r.a + r.r#type + named.a.b) + named.c
}

/// Values in braces and parentheses.
pub async fn enclosed(later: Option<std::future::Ready<u8>>) -> Option<u8> {
    let r =
        gather! { a => { f(1) }, b => (f(2)), c => (later?), list => *{ [f(4)] }, d => |a| { f(*a) }; limit = 9 }.await;
    let (a, b) = gather!({ f(1) }, (f(2))).await;
    let page = gather!(Pair { 0: { f(3) }, 1: (f(4)) }).await;
    Some(r.a + r.b + r.c + r.d + r.list[0] + a + b + page.0 + page.1)
}

/// Tuples.
pub async fn tuples(ids: Vec<u8>) -> u8 {
    let (a,) = gather!(f(1)).await;
    let all = gather!(*ids.into_iter().map(f)).await;
    let (b, c, list) = gather!(f(2), async move { a }, *all.into_iter().map(ready),).await;
    gather!().await;
    b + c + list.len().try_into().unwrap_or(0)
}

/// Structs.
pub async fn structs(base: Page) -> (Page, Pair) {
    let user = f(1);
    let first = gather!(Page { user, ads: *[f(2)], title: async { String::new() } }).await;
    let title = gather!(Page { user: f(3), ..base }).await.title;
    let page = gather!(Page { user: f(3), title: ready(title), ..first }; limit = 2).await;
    (page, gather!(Pair { 0: f(4), 1: f(5) }).await)
}

impl Pair {
    /// `Self` as the struct.
    pub async fn gathered() -> Self {
        gather!(Self { 0: f(1), 1: f(2) }).await
    }
}

/// Members that wait for others.
pub async fn dependencies(id: u8) -> u8 {
    let offset = 1;
    let r = gather! {
        user => f(id),
        orders => |user| f(*user + offset),
        advice => async |user, orders| { user + orders },
        list => *|orders| [f(*orders), f(offset)],
    }
    .await;
    let limited = gather! { sum => |a, b: &u8| f(a + b), a => f(1), b => f(2); limit = 1 }.await;
    r.user + r.orders + r.advice + r.list.len().try_into().unwrap_or(0) + limited.a + limited.b + limited.sum
}

/// Where types are parameters.
pub async fn generic<T: Send, const N: usize>(
    one: impl Future<Output = T>,
    list: [impl Future<Output = T>; N],
) -> [T; N] {
    let r = gather! { one => one, list => *list; limit = N.max(1) }.await;
    let mut list = r.list;
    list.truncate(N.saturating_sub(1));
    list.push(r.one);
    list.try_into().unwrap_or_else(|_| unreachable!("there are as many as before"))
}

/// What is still to be written.
pub async fn unwritten(ready_now: bool) -> Option<(u8, u8)> {
    let done = gather!(f(1), if ready_now { f(2) } else { return None }).await;
    if done.0 > 1 {
        return Some(gather!(f(1), todo!("soon")).await);
    }
    Some(done)
}
