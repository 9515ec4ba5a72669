//! `timeout` and `until` come while members wait for others.

use std::future::{pending, ready};

use gather::gather;

use crate::support::Live;
use crate::times::Times;

#[cfg(feature = "tokio")]
#[tokio::test(start_paused = true)]
async fn members_that_wait_time_out() {
    let t = Times::new();
    let r = gather! {
        last => |slow| t.run("last", 1, *slow),
        a => t.run("a", 10, 1),
        b => |a| t.run("b", 5, a + 1),
        slow => |b| t.run("slow", 100, b + 1),
        list => *|slow| [t.run("item", 1, *slow)],
        failed => crate::support::bad(1),
        skipped => |failed| t.run("skipped", 1, *failed);
        return_exceptions, timeout = std::time::Duration::from_millis(50)
    }
    .await;
    assert_eq!(t.now(), 50);
    assert_eq!((r.a.unwrap(), r.b.unwrap()), (1, 2));
    let (slow, last) = (r.slow.unwrap_err(), r.last.unwrap_err());
    assert!(slow.is_timed_out());
    assert_eq!(last.to_string(), "member `last` timed out");
    let [list] = &r.list[..] else { panic!("one field") };
    assert_eq!(list.as_ref().unwrap_err().to_string(), "member `list` timed out");
    assert!(r.failed.unwrap_err().is_error());
    assert!(r.skipped.unwrap_err().is_skipped(), "before the clock");
    assert_eq!(t.take(), "a 0-10, b 10-15, slow 15-?");
}

#[tokio::test(start_paused = true)]
async fn members_that_wait_are_cancelled() {
    let t = Times::new();
    let live = Live::new();
    let token = live.token();
    let r = gather! {
        never => pending::<u8>(),
        b => async move |never| { let _token = token; *never },
        c => |b| ready(*b),
        list => *|c| (0..*c).map(ready),
        d => |list| ready(list.len()),
        quick => t.run("quick", 5, 1);
        return_exceptions, until = t.run("until", 20, ())
    }
    .await;
    assert_eq!(live.now(), 0);
    assert!(r.never.unwrap_err().is_cancelled());
    assert!(r.b.unwrap_err().is_cancelled());
    assert!(r.c.unwrap_err().is_cancelled());
    assert_eq!(r.list.len(), 1);
    assert_eq!(r.d.unwrap_err().to_string(), "member `d` was cancelled");
    assert_eq!(r.quick.unwrap(), 1);
    assert_eq!(t.now(), 20);
}

#[tokio::test(start_paused = true)]
async fn with_a_limit() {
    let t = Times::new();
    let r = gather! {
        a => t.run("a", 10, 1),
        b => |a| t.run("b", 10, *a),
        c => |a| t.run("c", 10, *a),
        list => *|a| (0..=*a).map(|i| t.run("item", 10, i));
        return_exceptions, limit = 1, until = t.run("until", 35, ())
    }
    .await;
    assert_eq!((r.a.unwrap(), r.b.unwrap(), r.c.unwrap()), (1, 1, 1));
    assert!(r.list.iter().all(|item| item.as_ref().unwrap_err().is_cancelled()));
    assert_eq!(r.list.len(), 2, "the length of a range is known");
    assert_eq!(t.take(), "a 0-10, until 0-35, b 10-20, c 20-30, item 30-?");
}

/// The sweep comes before the clock, also for who becomes startable in it.
#[tokio::test(start_paused = true)]
async fn what_becomes_startable_together_with_the_deadline_starts() {
    let t = Times::new();
    let r = gather! {
        a => t.run("a", 20, 1),
        b => |a| ready(a + 1),
        c => |b| t.run("c", 10, *b);
        return_exceptions, until = t.run("until", 20, ())
    }
    .await;
    assert_eq!((r.a.unwrap(), r.b.unwrap()), (1, 2));
    assert!(r.c.unwrap_err().is_cancelled());
    assert_eq!(t.take(), "a 0-20, until 0-20, c 20-?");
}

#[cfg(feature = "tokio")]
#[tokio::test(start_paused = true)]
async fn an_adopted_task_ends_with_the_dependant_that_made_it() {
    let live = Live::new();
    let token = live.token();
    let r = gather! {
        a => ready(1),
        task => |a| tokio::spawn({
            let a = *a;
            async move { let _token = token; pending::<()>().await; a }
        });
        return_exceptions, until = tokio::time::sleep(std::time::Duration::from_millis(5))
    }
    .await;
    assert_eq!(r.a.unwrap(), 1);
    let task: Result<i32, _> = r.task;
    assert!(task.unwrap_err().is_cancelled());
    tokio::time::sleep(std::time::Duration::from_millis(1)).await;
    assert_eq!(live.now(), 0);
}
