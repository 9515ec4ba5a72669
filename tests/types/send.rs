//! A group is `Send` when its members are, and may borrow and be tied to a thread where they do and are.

use std::cell::{Cell, RefCell};
use std::future::{Ready, pending, ready};
use std::marker::PhantomPinned;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

use futures::executor::block_on;
use gather::gather;

use crate::support::{Gate, Wrong, assert_has_not, assert_not_send, bad, good, send, value};

fn send_static<T: Send + 'static>(value: T) -> T {
    value
}

#[test]
fn groups_of_sendable_members_are_sendable() {
    assert_eq!(block_on(send_static(gather!(value(1), value("b")))), (1, "b"));
    assert_eq!(block_on(send_static(gather! { a => value(1), _ => value(2) })).a, 1);
    assert_eq!(block_on(send_static(gather!(*[value(1), value(2)]))), [1, 2]);
    assert_eq!(block_on(send_static(gather!(*[value(1)], value(2); limit = 1))), (vec![1], 2));
    assert_eq!(block_on(send_static(gather!(good(1)?, value(2)))), Ok((1, 2)));
    assert!(block_on(send_static(gather!(bad(1)?; name_errors))).is_err());
    assert!(block_on(send_static(gather!(bad(1)?, good(2)?; all_errors))).is_err());
    let (a,) = block_on(send_static(gather!(bad(1); return_exceptions, until = pending::<()>())));
    assert!(a.is_err());
    block_on(send_static(gather!()));
}

#[cfg(feature = "tokio")]
#[tokio::test]
async fn groups_with_a_timeout_and_tasks_are_sendable() {
    let group = gather!(tokio::spawn(value(1)); return_exceptions, timeout = std::time::Duration::MAX);
    assert_eq!(send_static(group).await.0.unwrap(), 1);
}

#[test]
fn a_group_is_sendable_while_it_runs() {
    let gate = Gate::new();
    let mut group = Box::pin(gather!(gate.member(1), *[value(2)], value(3)));
    assert!(crate::support::poll(&mut group, &crate::support::CountingWaker::new()).is_pending());
    gate.open();
    let out = std::thread::spawn(move || block_on(group)).join().unwrap();
    assert_eq!(out, (1, vec![2], 3));
}

async fn add_to(shared: &Rc<Cell<u32>>, n: u32) {
    shared.set(shared.get() + n);
}

#[test]
fn a_member_that_is_tied_to_its_thread_ties_the_group() {
    let shared = Rc::new(Cell::new(0));
    let add = |n| add_to(&shared, n);
    block_on(assert_not_send!(gather!(add(1), value(2))));
    block_on(assert_not_send!(gather!(*[add(2), add(3)])));
    block_on(assert_not_send!(gather! { _ => add(4), _ => value(Rc::clone(&shared)); limit = 1 }));
    let (a,) = block_on(assert_not_send!(gather!(add(5); return_exceptions)));
    a.unwrap();
    assert_eq!(shared.get(), 15);
}

#[test]
fn an_output_that_is_tied_to_its_thread_ties_the_group() {
    let group = assert_not_send!(gather!(value(Rc::new(1)), value(2)));
    assert_eq!(*block_on(group).0, 1);
}

#[test]
fn members_may_borrow() {
    let (text, log) = (String::from("one two"), RefCell::new(Vec::new()));
    let (mut counter, mut other) = (0, 0);
    let out = block_on(gather!(
        async {
            counter += 1;
            &text[..3]
        },
        async {
            other += 1;
            log.borrow_mut().push("b");
            &text[4..]
        },
        *text.split(' ').map(async |word| {
            log.borrow_mut().push(word);
            word.len()
        }),
    ));
    assert_eq!(out, ("one", "two", vec![3, 3]));
    assert_eq!((counter, other, log.into_inner()), (1, 1, vec!["b", "one", "two"]));
}

#[test]
fn a_borrowing_group_is_sendable() {
    let text = String::from("text");
    let group = send(gather!(async { text.len() }, *[async { text.as_str() }]));
    assert_eq!(block_on(group), (4, vec!["text"]));
}

#[test]
fn members_need_not_be_unpin() {
    let out = block_on(gather!(
        async {
            let pinned = (PhantomPinned, 1);
            crate::support::Trace::new().member("", 1, ()).await;
            pinned.1
        },
        *[async { 2 }],
    ));
    assert_eq!(out, (1, vec![2]));
}

async fn fetch(word: &str) -> usize {
    tokio::task::yield_now().await;
    word.len()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn inside_a_spawned_async_block() {
    let words = Arc::new([String::from("a"), String::from("bb")]);
    let task = tokio::spawn(async move {
        let (a, b) = gather!(fetch(&words[0]), fetch(&words[1])).await;
        let r = gather! { a => fetch(&words[0]), _ => fetch(&words[1]), c => value(1) }.await;
        let out = gather!(async { Err::<u8, _>(Wrong(1)) }?, fetch(&words[1])).await;
        let all = gather!(*words.iter().map(|word| fetch(word)), fetch("ccc")).await;
        (a + b + r.a + r.c, out, all)
    });
    assert_eq!(task.await.unwrap(), (5, Err(Wrong(1)), (vec![1, 2], 3)));
}

// With a closure over borrowed items the same meets a limit of rustc under `limit`, as `buffer_unordered` does.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_forms_of_a_limited_list_that_a_spawned_async_block_may_hold() {
    async fn fetch_owned(word: String) -> usize {
        fetch(&word).await
    }
    let words = vec![String::from("a"), String::from("bb")];
    let task = tokio::spawn(async move {
        let by_fn = gather!(*words.iter().map(String::as_str).map(fetch); limit = 1).await;
        let by_index = gather!(*(0..words.len()).map(|i| fetch(&words[i])); limit = 1).await;
        let by_value = gather!(*words.into_iter().map(fetch_owned); limit = 1).await;
        [by_fn, by_index, by_value]
    });
    assert_eq!(task.await.unwrap(), [vec![1, 2], vec![1, 2], vec![1, 2]]);
}

#[test]
fn inside_generic_async_fns() {
    async fn both<A, B>(a: impl Future<Output = A>, b: impl Future<Output = B>) -> (A, B) {
        gather!(a, b).await
    }
    async fn either_fails<A, B, E>(
        a: impl Future<Output = Result<A, E>>,
        b: impl IntoFuture<Output = Result<B, E>>,
    ) -> Result<(A, B), E> {
        gather!(a?, b?).await
    }
    async fn all<I>(list: I) -> Vec<<I::Item as IntoFuture>::Output>
    where
        I: IntoIterator,
        I::Item: IntoFuture,
    {
        gather!(*list).await
    }
    async fn visit<T: AsRef<str> + ?Sized>(text: &T) -> (usize, bool) {
        let r = gather! { len => async { text.as_ref().len() }, empty => async { text.as_ref().is_empty() } }.await;
        (r.len, r.empty)
    }

    assert_eq!(block_on(send(both(value(1), value("b")))), (1, "b"));
    let failed: Result<(u8, u8), Wrong> = block_on(send(either_fails(good(1), bad(2))));
    assert_eq!(failed, Err(Wrong(2)));
    assert_eq!(block_on(send(all([value(1), value(2)]))), [1, 2]);
    assert_eq!(block_on(visit("text")), (4, false));
}

#[test]
fn in_trait_methods_and_recursion() {
    trait Store {
        fn load(&self, depth: u32) -> Pin<Box<dyn Future<Output = u32> + Send + '_>>;
    }

    struct Tree;

    impl Store for Tree {
        fn load(&self, depth: u32) -> Pin<Box<dyn Future<Output = u32> + Send + '_>> {
            Box::pin(async move {
                if depth == 0 {
                    return 1;
                }
                let (left, right) = gather!(self.load(depth - 1), self.load(depth - 1)).await;
                left + right
            })
        }
    }

    assert_eq!(block_on(Tree.load(6)), 64);
}

#[test]
fn a_group_can_be_stored_behind_dyn() {
    type Boxed = Pin<Box<dyn Future<Output = (u8, u8)>>>;
    let groups: [Boxed; 2] = [Box::pin(gather!(ready(1), ready(2))), Box::pin(gather!(value(3), value(4)))];
    assert_eq!(block_on(gather!(*groups)), [(1, 2), (3, 4)]);
}

#[test]
fn a_group_can_be_returned_without_its_type() {
    fn made() -> impl Future<Output = (u8, Vec<u8>)> + Send + 'static {
        gather!(value(1), *[value(2)])
    }
    fn made_of(a: Ready<u8>) -> impl Future<Output = (u8, u8)> {
        gather!(a, async { 2 })
    }
    assert_eq!(block_on(made()), (1, vec![2]));
    assert_eq!(block_on(made_of(ready(1))), (1, 2));
}

/// rustc forgets the lifetimes of a future's type when it asks whether it is `Send`: a boxed error has one.
#[test]
fn with_boxed_errors() {
    type Boxed = Box<dyn std::error::Error + Send + Sync>;

    async fn length(text: &str) -> Result<usize, Boxed> {
        Ok(text.len())
    }

    fn sent<F: Future + Send>(future: F) -> F::Output {
        block_on(future)
    }

    let (a, list) = sent(async {
        let text = String::from("ab");
        gather!(length(&text)?, *[length(&text), length("abc")]?).await
    })
    .unwrap();
    assert_eq!((a, list), (2, vec![2, 3]));
    let limited = sent(async { gather!(*[length("a"), length("abc")]?; limit = 1).await });
    assert_eq!(limited.unwrap(), [1, 3]);
    let all = sent(async { gather!(length("a")?, *[length("abc")]?; all_errors).await });
    assert_eq!(all.unwrap(), (1, vec![3]));
    let kept = sent(async { gather!(*[length("abc")]; return_exceptions).await });
    assert_eq!(*kept[0].as_ref().unwrap(), 3);
    let late =
        sent(async { gather! { a => length("abc")?, b => *|a| [length(if *a == 3 { "x" } else { "" })]? }.await });
    assert_eq!(late.map(|r| (r.a, r.b)).unwrap(), (3, vec![1]));
}

#[test]
fn though_its_error_is_not() {
    async fn refuse(n: u8) -> Result<u8, Rc<str>> {
        if n == 0 { Err("none".into()) } else { Ok(n) }
    }

    fn is_send<T: Send>(value: T) -> T {
        value
    }

    let group = is_send(gather!(refuse(1)?, *[refuse(2), refuse(0)]?));
    assert_eq!(&*block_on(group).unwrap_err(), "none");
    let group = is_send(gather!(refuse(1)?, refuse(0)?; name_errors));
    assert_eq!(block_on(group).unwrap_err().to_string(), "member `#1` failed: none");
}

/// What a group is must not depend on where its members are: else a program would compile with `cargo test`, and not without
/// debug assertions.
#[allow(dead_code, reason = "records and structs are made, and that is all")]
mod auto_traits {
    use std::panic::{AssertUnwindSafe, UnwindSafe};

    use super::*;

    fn unpin(_: impl Unpin) {}
    fn sync(_: impl Sync) {}
    fn unwind_safe(_: impl UnwindSafe) {}

    /// Calls a macro for every form of a group of `$a` and another member.
    macro_rules! for_each_form {
        ($check:ident, $a:expr) => {
            for_each_form!(@ $check, gather!($a, ready(2)));
            for_each_form!(@ $check, gather! { _a => $a, _ => ready(2) });
            for_each_form!(@ $check, gather! { Pair { a: $a, b: ready(2) } });
            for_each_form!(@ $check, gather! { Pair { a: $a, ..Pair { a: 1, b: 2 } } });
            for_each_form!(@ $check, gather!($a, ready(Ok::<_, Wrong>(2))?));
            for_each_form!(@ $check, gather!($a, ready(Ok::<_, Wrong>(2))?; name_errors));
            for_each_form!(@ $check, gather!($a, ready(Ok::<_, Wrong>(2))?; all_errors));
            for_each_form!(@ $check, gather!($a, ready(2); return_exceptions));
            for_each_form!(@ $check, gather!($a, ready(2); limit = 1));
            for_each_form!(@ $check, gather!($a, ready(2); return_exceptions, until = pending::<()>()));
            for_each_form!(@ $check, gather!($a, *[ready(2)]));
            for_each_form!(@ $check, gather!($a, a(), b(), a(), b(), a(), b(), a(), b()));
        };
        (@ unpin, $group:expr) => { unpin($group) };
        (@ sync, $group:expr) => { sync($group) };
        (@ send, $group:expr) => { drop(send($group)) };
        (@ $not:ident, $group:expr) => { drop(assert_has_not!($not: $group)) };
    }

    #[derive(Debug)]
    #[allow(dead_code, reason = "its fields are made, and that is all")]
    struct Pair {
        a: u8,
        b: u8,
    }

    fn a() -> Ready<u8> {
        ready(1)
    }
    fn b() -> Ready<u8> {
        ready(2)
    }

    /// Has no auto trait that `T` does not have.
    struct Of<T>(u8, #[allow(dead_code, reason = "it is there")] T);

    impl<T> Future for Of<T> {
        type Output = u8;
        fn poll(self: Pin<&mut Self>, _: &mut std::task::Context<'_>) -> std::task::Poll<u8> {
            std::task::Poll::Ready(self.0)
        }
    }

    #[test]
    fn a_group_has_those_that_its_members_have() {
        for_each_form!(unpin, ready(1));
        for_each_form!(sync, ready(1));
        for_each_form!(send, ready(1));
        // One with a list, or of more than eight, is never: it shares a table with wakers.
        let one = || AssertUnwindSafe(ready(1));
        unwind_safe(gather!(one(), ready(2)));
        unwind_safe(gather! { _a => one(), _ => ready(2) });
        unwind_safe(gather!(one(), ready(Ok::<_, Wrong>(2))?));
        unwind_safe(gather!(one(), ready(2); limit = 1));
    }

    #[test]
    fn and_no_other() {
        for_each_form!(Unpin, Of(1, PhantomPinned));
        for_each_form!(Unpin, value(1));
        for_each_form!(Send, Of(1, Rc::new(2)));
        for_each_form!(Sync, Of(1, Cell::new(2)));
        let mut n = 0;
        for_each_form!(UnwindSafe, Of(1, &mut n));
    }
}
