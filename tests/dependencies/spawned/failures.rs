//! Failures, panics and deadlines while members wait.

use std::future::{Ready, pending, ready};
use std::time::Duration;

use gather::{Exception, Exceptions, gather};

use crate::support::{Wrong, bad, good};
use crate::times::Times;

#[tokio::test(start_paused = true)]
async fn a_failed_dependency_fails_the_group() {
    let t = Times::leaked();
    let group = gather! {
        last => move |b| t.run("last", 1, *b),
        b => move |a| t.run("b", 1, *a),
        a => t.run("a", 10, Err::<u8, _>(Wrong(1)))?,
        d => t.run("d", 20, ());
        spawn
    };
    let e: Exception<Wrong> = group.await.map(|r| (r.a, r.b, r.d, r.last)).unwrap_err();
    assert_eq!(e.to_string(), "member `a` failed: wrong by 1");
    assert_eq!(t.take(), "a 0-10, d 0-?");
}

#[tokio::test(start_paused = true)]
async fn who_has_not_started_when_the_group_fails_never_starts() {
    let t = Times::leaked();
    let group = gather! {
        a => t.run("a", 10, Err::<u8, _>(Wrong(1)))?,
        slow => t.run("slow", 30, 1),
        after => move |slow| t.run("after", 1, *slow);
        spawn
    };
    group.wait().await;
    assert!(group.is_done());
    group.finished().await;
    assert_eq!(t.take(), "a 0-10, slow 0-30", "its sibling runs on, what waits for that does not start");
    assert_eq!(group.exception().map(ToString::to_string).as_deref(), Some("member `a` failed: wrong by 1"));
}

#[tokio::test(start_paused = true)]
async fn a_dependant_is_named() {
    let group = gather! { a => good(1)?, b => |a| bad(*a)?, list => *|a| [Ok(*a), Err(Wrong(7))].map(ready)?; spawn };
    assert_eq!(group.await.map(|r| (r.a, r.b, r.list)).unwrap_err().to_string(), "member `b` failed: wrong by 1");
    let group = gather! { a => good(1)?, list => *|a| [Ok(*a), Err(Wrong(7))].map(ready)?; spawn };
    assert_eq!(group.await.map(|r| (r.a, r.list)).unwrap_err().to_string(), "member `list[1]` failed: wrong by 7");
    let group = gather! { a => good(1)?, b => |a| ready(if *a == 1 { panic!("kaput") } else { *a }); spawn };
    assert_eq!(group.await.map(|r| (r.a, r.b)).unwrap_err().to_string(), "member `b` panicked: kaput");
    let group = gather! { a => ready(1), b => *|a| [ready(if *a == 1 { panic!("kaput") } else { *a })]; spawn };
    assert_eq!(group.await.map(|r| (r.a, r.b)).unwrap_err().to_string(), "member `b` panicked: kaput");
}

#[tokio::test(start_paused = true)]
async fn all_errors_does_not_list_those_that_were_skipped() {
    let t = Times::leaked();
    let group = gather! {
        last => move |skipped| t.run("last", 1, *skipped),
        skipped => move |first, fine| t.run("skipped", 1, Ok::<u8, Wrong>(first + fine))?,
        first => t.run("first", 10, Err::<u8, _>(Wrong(1)))?,
        fine => t.run("fine", 20, Ok(2))?,
        later => move |fine| t.run("later", 10, Err::<u8, _>(Wrong(*fine)))?,
        list => *move |first| [t.run("item", 1, *first)],
        after => move |list| t.run("after", 1, list.len()),
        mixed => *[Ok(1), Err(Wrong(4)), Err(Wrong(5))].map(ready)?,
        unseen => move |mixed| t.run("unseen", 1, mixed.len()),
        panics => |fine| ready(if *fine == 2 { panic!("kaput") } else { *fine });
        spawn, all_errors
    };
    let all: Exceptions<Wrong> = group.await.map(|_| ()).unwrap_err();
    let all: Vec<_> = all.iter().map(ToString::to_string).collect();
    assert_eq!(
        all,
        [
            "member `first` failed: wrong by 1",
            "member `later` failed: wrong by 2",
            "member `mixed[1]` failed: wrong by 4",
            "member `mixed[2]` failed: wrong by 5",
            "member `panics` panicked: kaput",
        ]
    );
    assert_eq!(t.take(), "fine 0-20, first 0-10, later 20-30");
}

#[tokio::test(start_paused = true)]
async fn under_return_exceptions_they_are_skipped() {
    let t = Times::leaked();
    let group = gather! {
        last => move |skipped| t.run("last", 1, *skipped),
        skipped => move |a, slow| t.run("skipped", 1, a + slow),
        a => t.run("a", 10, Err::<u8, _>(Wrong(1))),
        slow => t.run("slow", 30, 1),
        list => *move |skipped| [t.run("item", 1, *skipped)],
        seen => |list| ready(list.len()),
        after => move |slow: &u8| t.run("after", 5, slow + 1),
        required => move |a: &u8| t.run("required", 1, Ok::<u8, Wrong>(*a))?;
        spawn, return_exceptions
    };
    let r = group.await.unwrap();
    assert_eq!(r.last.unwrap_err().to_string(), "member `last` was skipped: a dependency failed");
    assert!(r.skipped.unwrap_err().is_skipped() && r.required.unwrap_err().is_skipped());
    assert_eq!(r.a.unwrap_err().error(), Some(&Wrong(1)));
    assert_eq!((r.slow.unwrap(), r.after.unwrap()), (1, 2));
    assert_eq!((r.list.len(), r.seen.unwrap()), (1, 1));
    assert!(r.list[0].as_ref().unwrap_err().is_skipped());
    assert_eq!(t.take(), "a 0-10, slow 0-30, after 30-35");
}

#[tokio::test(start_paused = true)]
async fn deadlines() {
    let t = Times::leaked();
    let group = gather! {
        last => move |slow| t.run("last", 1, *slow),
        a => t.run("a", 10, 1),
        slow => move |a| t.run("slow", 100, a + 1),
        list => *move |slow| [t.run("item", 1, *slow)],
        skipped => |failed| ready(*failed),
        failed => bad(1);
        spawn, return_exceptions, timeout = Duration::from_millis(50)
    };
    let r = group.await.unwrap();
    assert_eq!(r.a.unwrap(), 1);
    assert_eq!(r.last.unwrap_err().to_string(), "member `last` timed out");
    assert!(r.slow.unwrap_err().is_timed_out());
    assert!(r.list.len() == 1 && r.list[0].as_ref().unwrap_err().is_timed_out());
    assert!(r.failed.unwrap_err().is_error() && r.skipped.unwrap_err().is_skipped());
    assert_eq!(t.now(), 50);
    assert_eq!(t.take(), "a 0-10, slow 10-?");

    let group = gather! {
        never => pending::<u8>(),
        last => |never| ready(*never);
        spawn, return_exceptions, limit = 1, until = t.run("until", 5, ())
    };
    let r = group.await.unwrap();
    assert!(r.never.unwrap_err().is_cancelled() && r.last.unwrap_err().is_cancelled());
}

/// Panics where it becomes a future.
struct Item(u8);

impl IntoFuture for Item {
    type Output = u8;
    type IntoFuture = Ready<u8>;
    fn into_future(self) -> Ready<u8> {
        if self.0 == 1 { panic!("kaput") } else { ready(self.0) }
    }
}

#[tokio::test(start_paused = true)]
async fn a_list_that_panics_half_way_is_complete() {
    let group = gather! {
        list => *[Item(0), Item(1), Item(2)],
        seen => |list| ready(list.len()),
        late => *|seen| (0..=*seen).map(|n| Item(u8::try_from(n).unwrap())),
        last => |late| ready(late.len());
        spawn, return_exceptions
    };
    let r = tokio::time::timeout(Duration::from_secs(1), group).await.expect("it ends").unwrap();
    let shown = |list: Vec<Result<u8, Exception>>| {
        list.into_iter().map(|item| item.map_or_else(|e| e.to_string(), |n| n.to_string())).collect::<Vec<_>>()
    };
    assert_eq!((r.seen.unwrap(), r.last.unwrap()), (2, 2));
    assert_eq!(shown(r.list), ["0", "member `list[1]` panicked: kaput"]);
    assert_eq!(shown(r.late), ["0", "member `late[1]` panicked: kaput"]);
}
