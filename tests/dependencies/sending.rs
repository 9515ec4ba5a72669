//! A group with dependencies is `Send` where its parts are and the values that others see are `Sync`.

use std::cell::Cell;
use std::future::{Ready, ready};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

use futures::executor::block_on;
use gather::{Exception, gather};

use crate::support::{Gate, Wrong, assert_not_send, good, send, value};

struct Both<A, B> {
    a: A,
    b: B,
}

// In functions of their own: what is `Send` is not known in the function that an async block stands in.
fn seen_cell() -> impl Future<Output = Both<Cell<u8>, u8>> {
    gather!(Both { a: value(Cell::new(1)), b: |a| ready(a.get()) })
}

fn made_rc() -> impl Future<Output = Both<u8, Rc<u8>>> {
    gather!(Both { a: value(1), b: |a| ready(Rc::new(*a)) })
}

fn captured_rc(rc: &Rc<u8>) -> impl Future<Output = Both<u8, u8>> {
    gather!(Both { a: value(1), b: move |a| ready(**rc + a) })
}

#[test]
fn groups_of_sendable_parts_are_sendable() {
    let r = block_on(send(gather! {
        a => value(1),
        b => |a| ready(a + 1),
        c => async |a, b| a + b,
        list => *|c| (0..*c).map(value),
        len => |list| ready(list.len()),
    }));
    assert_eq!((r.a, r.b, r.c, r.list, r.len), (1, 2, 3, vec![0, 1, 2], 3));

    let r = block_on(send(gather! { a => good(1)?, b => |a| good(a + 1)?; name_errors }));
    assert_eq!(r.map(|r| (r.a, r.b)).ok(), Some((1, 2)));
    let r = block_on(send(gather! { a => good(1)?, b => |a| good(a + 1)?; all_errors, limit = 1 }));
    assert_eq!(r.map(|r| (r.a, r.b)).ok(), Some((1, 2)));
    let until = std::future::pending::<()>();
    let r = block_on(send(gather! { a => good(1), b => *|a| [good(a + 1)]; return_exceptions, until = until }));
    assert!(r.a.is_ok() && r.b[0].is_ok());
}

#[test]
fn a_value_that_is_not_sync_ties_the_group_only_where_others_see_it() {
    let r = block_on(assert_not_send!(seen_cell()));
    assert_eq!((r.a.get(), r.b), (1, 1));
    let r = block_on(send(gather! { cell => value(Cell::new(1)), a => value(2), b => |a| ready(*a) }));
    assert_eq!((r.cell.get(), r.a, r.b), (1, 2, 2));
    let r = block_on(send(gather! { a => value(2), cell => |a| ready(Cell::new(*a)) }));
    assert_eq!((r.a, r.cell.get()), (2, 2));
}

#[test]
fn a_dependant_that_is_not_send_ties_the_group() {
    let r = block_on(assert_not_send!(made_rc()));
    assert_eq!((r.a, *r.b), (1, 1));
    let rc = Rc::new(1);
    let r = block_on(assert_not_send!(captured_rc(&rc)));
    assert_eq!((r.a, r.b), (1, 2));
}

#[test]
fn a_group_moves_between_threads_while_members_wait() {
    let gate = Gate::new();
    let mut group = Box::pin(gather! { a => gate.member(1), b => |a| ready(a + 1), c => |b| ready(b + 1) });
    assert!(crate::support::poll(&mut group, &crate::support::CountingWaker::new()).is_pending());
    gate.open();
    let r = std::thread::spawn(move || {
        let r = block_on(group);
        (r.a, r.b, r.c)
    });
    assert_eq!(r.join().unwrap(), (1, 2, 3));
}

struct Api {
    url: String,
}

#[derive(Debug, PartialEq)]
struct Page {
    user: String,
    orders: Vec<String>,
    advice: String,
}

impl Api {
    async fn user(&self, id: &u64) -> Result<String, Wrong> {
        Ok(format!("{}/{id}", self.url))
    }
    async fn order(&self, user: &str, n: usize) -> Result<String, Wrong> {
        Ok(format!("{user}/{n}"))
    }
    async fn advise(&self, user: &String, orders: &[String]) -> Result<String, Wrong> {
        Ok(format!("{} for {user} at {}", orders.len(), self.url))
    }
}

async fn page(api: &Api, id: &u64, numbers: &[usize]) -> Result<Page, Wrong> {
    gather!(Page {
        advice: |user, orders| api.advise(user, orders)?,
        orders: *|user| numbers.iter().map(|n| api.order(user, *n))?,
        user: api.user(id)?,
    })
    .await
}

async fn named(api: &Api, id: &u64) -> Result<(String, String), Exception<Wrong>> {
    let r = gather! {
        user => api.user(id)?,
        advice => async |user| api.advise(user, &[]).await?;
        name_errors
    }
    .await?;
    Ok((r.user, r.advice))
}

async fn kept(api: &Api, id: &u64) -> Result<String, Exception<Wrong>> {
    let r = gather! {
        user => api.user(id),
        advice => |user| api.advise(user, &[]),
        orders => *|user| [api.order(user, 1), api.order(user, 2)],
        all => |orders| ready(orders.iter().filter_map(|order| order.as_ref().ok()).map(String::len).sum::<usize>()),
        limited => |user| gather! { user => value(user.clone()), again => |user| ready(user.len()); limit = 1 };
        return_exceptions
    }
    .await;
    drop((r.user, r.orders, r.all.map(|n| n + 1), r.limited.map(|r| (r.user, r.again))));
    r.advice
}

async fn limited(api: &Api, ids: &[u64]) -> Result<Vec<String>, Wrong> {
    let r = gather! {
        first => api.user(&ids[0])?,
        orders => *|first| ids.iter().map(move |_| api.order(first, 0)).collect::<Vec<_>>()?,
        more => |orders| ready(Ok(orders.len()))?;
        limit = 2
    }
    .await?;
    Ok([vec![r.first, r.more.to_string()], r.orders].concat())
}

fn boxed<'a>(api: &'a Api, id: &'a u64) -> Pin<Box<dyn Future<Output = Result<Page, Wrong>> + Send + 'a>> {
    Box::pin(async move { page(api, id, &[1]).await })
}

/// "implementation of .. is not general enough" must not appear.
#[tokio::test]
async fn inside_spawned_async_fns_with_references() {
    let api = Arc::new(Api { url: "shop".to_owned() });
    let (one, two, three, four, five) =
        (Arc::clone(&api), Arc::clone(&api), Arc::clone(&api), Arc::clone(&api), Arc::clone(&api));
    let page = tokio::spawn(async move { page(&one, &7, &[1, 2]).await }).await.unwrap();
    assert_eq!(
        page,
        Ok(Page {
            user: "shop/7".to_owned(),
            orders: vec!["shop/7/1".to_owned(), "shop/7/2".to_owned()],
            advice: "2 for shop/7 at shop".to_owned(),
        })
    );
    let named = tokio::spawn(async move { named(&two, &7).await }).await.unwrap();
    assert_eq!(named.unwrap().1, "0 for shop/7 at shop");
    let kept = tokio::spawn(async move { kept(&three, &7).await }).await.unwrap();
    assert_eq!(kept.unwrap(), "0 for shop/7 at shop");
    let limited = tokio::spawn(async move { limited(&four, &[7, 8]).await }).await.unwrap();
    assert_eq!(limited.unwrap(), ["shop/7", "2", "shop/7/0", "shop/7/0"]);
    let boxed = tokio::spawn(async move { boxed(&five, &7).await }).await.unwrap();
    assert_eq!(boxed.unwrap().orders, ["shop/7/1"]);
}

async fn generic<T, F>(make: impl Fn(&T) -> F + Send + Sync, first: Ready<T>) -> (T, F::Output)
where
    T: Send + Sync,
    F: Future<Output: Send> + Send,
{
    let r = gather! { first => first, second => |first| make(first) }.await;
    (r.first, r.second)
}

#[tokio::test]
async fn inside_spawned_generic_async_fns() {
    let r = tokio::spawn(generic(|text: &String| ready(text.len()), ready("abc".to_owned()))).await.unwrap();
    assert_eq!(r, ("abc".to_owned(), 3));
}
