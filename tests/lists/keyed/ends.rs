//! Panics, cancellations, deadlines and drops of items with keys; when the key's text is made.

use std::cell::Cell;
use std::fmt;
use std::future::{Future, pending, ready};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use futures::FutureExt as _;
use gather::{Exception, gather};

/// Counts how often it is printed.
struct Printed<'a>(&'static str, &'a Cell<u32>);
impl fmt::Debug for Printed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.1.set(self.1.get() + 1);
        write!(f, "<{}>", self.0)
    }
}

async fn works(n: u8) -> Result<u8, &'static str> {
    if n == 2 { Err("broken") } else { Ok(n) }
}

#[tokio::test]
async fn the_text_of_a_key_is_made_when_an_exception_is() {
    let printed = Cell::new(0);
    let pairs = |list: [u8; 3]| list.map(|n| (Printed("k", &printed), works(n)));
    assert_eq!(gather!(*pairs([1, 3, 4])?; name_errors).await.unwrap().len(), 3);
    assert!(gather!(*pairs([1, 3, 4]); return_exceptions).await.iter().all(|(_, field)| field.is_ok()));
    assert_eq!(gather!(*pairs([1, 2, 3])?).await.err(), Some("broken"), "no exception, no text");
    assert_eq!(printed.get(), 0);
    let exception = gather!(*pairs([1, 2, 3])?; name_errors).await.err().unwrap();
    assert_eq!((exception.to_string().as_str(), printed.take()), ("member `[<k>]` failed: broken", 1));
    let fields = gather!(*pairs([1, 2, 2]); return_exceptions).await;
    assert_eq!(fields[2].1.as_ref().unwrap_err().to_string(), "member `[<k>]` failed: broken");
    assert_eq!(printed.take(), 2);
    assert_eq!(gather!(*pairs([2, 2, 1])?; all_errors).await.err().unwrap().len(), 2);
    assert_eq!(printed.take(), 2);
}

#[tokio::test]
async fn a_key_that_cannot_be_printed_leaves_the_index() {
    struct Opaque;
    let exception = gather! { n => *[(Opaque, works(2))]?; name_errors }.await.map(|r| r.n.len()).unwrap_err();
    assert_eq!(exception.to_string(), "member `n[0]` failed: broken");
    assert_eq!(exception.member.unwrap().key(), None);
}

fn text<T>(field: &Result<T, Exception<impl fmt::Display>>) -> String {
    field.as_ref().err().map(ToString::to_string).unwrap_or_default()
}

async fn ends(how: u8) -> Result<u8, &'static str> {
    match how {
        0 => Ok(0),
        1 => Err("broken"),
        2 => panic!("oh"),
        _ => pending().await,
    }
}

const ENDED: [&str; 4] =
    ["", "member `x[\"b\"]` failed: broken", "member `x[\"c\"]` panicked: oh", "member `x[\"d\"]` timed out"];

#[tokio::test(start_paused = true)]
async fn whatever_happens_to_an_item_has_its_key() {
    let pairs = || ["a", "b", "c", "d"].into_iter().zip([0, 1, 2, 3].map(ends));
    let d = Duration::from_secs(1);
    let eager = gather! { x => *pairs(); return_exceptions, timeout = d }.await.x;
    let limited = gather! { x => *pairs(); return_exceptions, timeout = d, limit = 4 }.await.x;
    let spawned = gather! { x => *pairs(); return_exceptions, timeout = d, spawn }.await.unwrap().x;
    let queued =
        gather! { x => *pairs(), y => works(1); return_exceptions, timeout = d, spawn, limit = 5 }.await.unwrap();
    assert!(queued.y.is_ok());
    for fields in [eager, limited, spawned, queued.x] {
        assert_eq!(fields.iter().map(|(_, field)| text(field)).collect::<Vec<_>>(), ENDED);
        assert_eq!(fields.iter().map(|(key, _)| *key).collect::<String>(), "abcd");
    }
    // As tasks that the group adopts.
    let tasks = pairs().map(|(key, item)| (key, tokio::spawn(item)));
    let fields = gather! { x => *tasks; return_exceptions, timeout = d }.await.x;
    assert_eq!(fields.iter().map(|(_, field)| text(field)).collect::<Vec<_>>(), ENDED);
    let aborted = tokio::spawn(pending::<()>());
    aborted.abort();
    let fields = gather! { x => *[("a", aborted)]; return_exceptions }.await.x;
    assert_eq!(text(&fields[0].1), "member `x[\"a\"]` was cancelled");
}

#[tokio::test(start_paused = true)]
async fn items_that_a_deadline_finds_unpulled_have_no_entry() {
    let pairs = || ["a", "b", "c"].map(|key| (key, pending::<()>()));
    let d = Duration::from_secs(1);
    let fields = gather!(*pairs(); return_exceptions, timeout = d, limit = 1).await;
    assert_eq!(fields.len(), 1);
    let fields = gather!(*pairs(); return_exceptions, timeout = d, limit = 1, spawn).await.unwrap();
    assert_eq!(fields.len(), 1);
}

/// Panics when it is dropped after its end.
struct Explodes(bool);
impl Future for Explodes {
    type Output = u8;
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<u8> {
        self.0 = true;
        Poll::Ready(1)
    }
}
impl Drop for Explodes {
    fn drop(&mut self) {
        assert!(!self.0, "destructor");
    }
}

#[tokio::test]
async fn a_destructor_that_panics() {
    for fields in [
        gather! { x => *[("a", Explodes(false))]; return_exceptions }.await.x,
        gather! { x => *[("a", Explodes(false))]; return_exceptions, limit = 1 }.await.x,
        gather! { x => *[("a", Explodes(false))]; return_exceptions, spawn }.await.unwrap().x,
    ] {
        assert_eq!(text(&fields[0].1), "member `x[\"a\"]` panicked: destructor");
    }
}

#[tokio::test]
async fn a_panic_of_the_iterator_belongs_to_no_key() {
    let pairs = || {
        (0..3).map(|n| {
            assert_ne!(n, 1, "iterator");
            (n, ready(n))
        })
    };
    let group = AssertUnwindSafe(async { gather!(*pairs(); return_exceptions, limit = 1).await });
    let payload = group.catch_unwind().await.unwrap_err();
    assert!(payload.downcast_ref::<String>().unwrap().contains("iterator"));
    let outcome = gather!(*pairs(); return_exceptions, limit = 1, spawn).await;
    assert!(outcome.unwrap_err().to_string().contains("iterator"));
}

#[test]
fn keys_are_dropped_with_their_items_once() {
    struct Key<'a>(&'a Cell<u32>);
    impl Drop for Key<'_> {
        fn drop(&mut self) {
            self.0.set(self.0.get() + 1);
        }
    }
    let dropped = Cell::new(0);
    let pairs = || (0..5).map(|n| (Key(&dropped), async move { if n < 3 { n } else { pending().await } }));
    let mut cx = Context::from_waker(Waker::noop());
    assert!(pin!(gather!(*pairs())).poll(&mut cx).is_pending());
    assert_eq!(dropped.take(), 5);
    assert!(pin!(gather!(*pairs(); limit = 1)).poll(&mut cx).is_pending());
    assert_eq!(dropped.take(), 4, "the fifth was not pulled");
    let fails = || (0..5).map(|n| (Key(&dropped), ready(if n == 3 { Err(()) } else { Ok(()) })));
    assert!(pin!(gather!(*fails()?)).poll(&mut cx).is_ready());
    assert_eq!(dropped.take(), 5);
    let panics = (0..3).map(|n| (Key(&dropped), async move { assert_ne!(n, 1, "oh") }));
    assert!(catch_unwind(AssertUnwindSafe(|| pin!(gather!(*panics)).poll(&mut cx))).is_err());
    assert_eq!(dropped.take(), 3);
}

#[tokio::test]
async fn dependants_see_the_pairs() {
    let r = gather! {
        ids => ready(3),
        pages => *|ids| (0..*ids).map(|id| (id, ready(id * 10))),
        sum => |pages: &Vec<(i32, i32)>| ready(pages.iter().map(|(id, page)| id + page).sum::<i32>()),
    }
    .await;
    assert_eq!((r.ids, r.pages, r.sum), (3, vec![(0, 0), (1, 10), (2, 20)], 33));
    let r = gather! {
        ids => ready(3),
        pages => *|ids| { let ids = *ids; (0..ids).map(|id| (id, ready(id * 10))) },
        sum => |pages| { let sum = pages.iter().map(|(id, page)| id + page).sum::<i32>(); ready(sum) };
        spawn, limit = 2
    }
    .await
    .unwrap();
    assert_eq!((r.ids, r.pages, r.sum), (3, vec![(0, 0), (1, 10), (2, 20)], 33));
    let failed = gather! {
        ids => ready(Err::<i32, _>("no ids"))?,
        pages => *|ids| (0..*ids).map(|id| (id, works(2)))?;
        all_errors
    };
    assert_eq!(failed.await.map(|r| (r.ids, r.pages)).unwrap_err().to_string(), "member `ids` failed: no ids");
    let failed = gather! {
        ids => ready(Ok::<_, &str>(3))?,
        pages => *|ids| (0..*ids).map(|id| (id, works(id)))?;
        spawn
    };
    assert_eq!(failed.await.map(|r| (r.ids, r.pages)).unwrap_err().to_string(), "member `pages[2]` failed: broken");
}

#[tokio::test]
async fn duplicates_are_kept_and_keys_may_borrow() {
    let words = ["b".to_owned(), "a".to_owned(), "b".to_owned()];
    let lengths = gather!(*words.iter().map(|word| (word.as_str(), async move { word.len() })); limit = 2).await;
    assert_eq!(lengths, [("b", 1), ("a", 1), ("b", 1)]);
}
