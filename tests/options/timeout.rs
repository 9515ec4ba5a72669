//! `timeout = d`: what has not ended by then becomes `TimedOut`.

use std::future::pending;
use std::time::Duration;

use gather::{Exception, gather};
use tokio::time::{Instant, sleep};

use crate::support::{Live, Wrong};

const UNIT: Duration = Duration::from_millis(100);

async fn after<T>(units: u32, value: T) -> T {
    sleep(UNIT * units).await;
    value
}

#[tokio::test(start_paused = true)]
async fn finished_members_keep_their_results() {
    let start = Instant::now();
    let r = gather! {
        quick => after(1, 1),
        failed => after(1, Err::<u8, _>(Wrong(2))),
        slow => after(3, 3),
        never => pending::<u8>();
        return_exceptions, timeout = UNIT * 2
    }
    .await;
    assert_eq!(start.elapsed(), UNIT * 2);
    let quick: Result<u8, Exception> = r.quick;
    let failed: Result<u8, Exception<Wrong>> = r.failed;
    assert_eq!(quick.unwrap(), 1);
    assert_eq!(failed.unwrap_err().error(), Some(&Wrong(2)));
    let slow = r.slow.unwrap_err();
    assert!(slow.is_timed_out());
    assert_eq!(slow.to_string(), "member `slow` timed out");
    assert_eq!(r.never.unwrap_err().to_string(), "member `never` timed out");
}

#[tokio::test(start_paused = true)]
async fn a_group_that_ends_in_time_does_not_wait() {
    let start = Instant::now();
    let (a, b) = gather!(
        after(1, 1),
        after(2, Ok::<u8, Wrong>(2));
        return_exceptions, timeout = UNIT * 100
    )
    .await;
    assert_eq!((a.unwrap(), b.unwrap()), (1, 2));
    assert_eq!(start.elapsed(), UNIT * 2);
}

#[tokio::test(start_paused = true)]
async fn it_counts_from_the_first_poll() {
    let group = gather!(after(1, 1), after(3, 2); return_exceptions, timeout = UNIT * 2);
    sleep(UNIT * 5).await;
    let start = Instant::now();
    let (a, b) = group.await;
    assert_eq!(a.unwrap(), 1);
    assert!(b.unwrap_err().is_timed_out());
    assert_eq!(start.elapsed(), UNIT * 2);
}

#[tokio::test(start_paused = true)]
async fn the_sweep_comes_before_the_clock() {
    let (a, b) = gather!(after(1, 1), after(2, 2); return_exceptions, timeout = UNIT).await;
    assert_eq!(a.unwrap(), 1, "it ends at the instant of the timeout");
    assert!(b.unwrap_err().is_timed_out());
}

#[tokio::test(start_paused = true)]
async fn a_timeout_of_zero_gives_every_member_one_poll() {
    let (a, b) = gather!(
        async { 1 },
        pending::<()>();
        return_exceptions, timeout = Duration::ZERO
    )
    .await;
    assert_eq!(a.unwrap(), 1);
    assert!(b.unwrap_err().is_timed_out());
}

#[tokio::test(start_paused = true)]
async fn the_longest_timeout_never_comes() {
    let (a,) = gather!(after(1, 1); return_exceptions, timeout = Duration::MAX).await;
    assert_eq!(a.unwrap(), 1);
}

#[tokio::test(start_paused = true)]
async fn items_of_a_list_time_out_one_by_one() {
    let r = gather! {
        pages => *(1..=4).map(|i| after(i, i));
        return_exceptions, timeout = UNIT * 2 + UNIT / 2
    }
    .await;
    let texts: Vec<String> =
        r.pages.into_iter().map(|page| page.map_or_else(|e| e.to_string(), |i| i.to_string())).collect();
    assert_eq!(texts, ["1", "2", "member `pages[2]` timed out", "member `pages[3]` timed out"]);
}

#[tokio::test(start_paused = true)]
async fn what_has_not_started_times_out_too() {
    let live = Live::new();
    let started = |i| {
        let live = live.clone();
        async move {
            let _token = live.token();
            after(2, i).await
        }
    };
    let (a, b, c) = gather!(
        started(1),
        started(2),
        started(3);
        limit = 1, return_exceptions, timeout = UNIT * 3
    )
    .await;
    assert_eq!(a.unwrap(), 1);
    assert!(b.unwrap_err().is_timed_out());
    assert!(c.unwrap_err().is_timed_out());
    assert_eq!((live.made(), live.now()), (2, 0));
}

#[tokio::test(start_paused = true)]
async fn items_that_have_not_started_time_out_too() {
    let live = Live::new();
    let items = [0, 1, 2, 3].map(|i| {
        let token = live.token();
        async move {
            let _token = token;
            after(1, i).await
        }
    });
    let r = gather! {
        pages => *items;
        limit = 1, return_exceptions, timeout = UNIT + UNIT / 2
    }
    .await;
    assert_eq!(live.now(), 0);
    let texts: Vec<String> =
        r.pages.into_iter().map(|page| page.map_or_else(|e| e.to_string(), |i| i.to_string())).collect();
    assert_eq!(
        texts,
        ["0", "member `pages[1]` timed out", "member `pages[2]` timed out", "member `pages[3]` timed out"]
    );
}

#[tokio::test(start_paused = true)]
async fn unfinished_members_are_dropped_before_the_group_yields() {
    let live = Live::new();
    let token = live.token();
    let (a,) = gather!(
        async move {
            let _token = token;
            pending::<()>().await;
        };
        return_exceptions, timeout = UNIT
    )
    .await;
    assert_eq!(live.now(), 0);
    assert!(a.unwrap_err().is_timed_out());
}

#[tokio::test(start_paused = true)]
async fn beside_until_the_one_that_comes_first_decides() {
    let (a,) = gather!(
        pending::<()>();
        return_exceptions, timeout = UNIT, until = sleep(UNIT * 2)
    )
    .await;
    assert!(a.unwrap_err().is_timed_out());
    let (a,) = gather!(
        pending::<()>();
        return_exceptions, until = sleep(UNIT), timeout = UNIT * 2
    )
    .await;
    assert!(a.unwrap_err().is_cancelled());
}

#[tokio::test(start_paused = true)]
async fn the_users_struct_is_filled() {
    struct Page {
        user: Result<u8, Exception>,
        ads: Vec<Result<u8, Exception>>,
    }
    let page = gather!(Page {
        user: after(1, 1),
        ads: *[after(1, 2), after(3, 3)],
    }; return_exceptions, timeout = UNIT * 2)
    .await;
    assert_eq!(page.user.unwrap(), 1);
    assert!(page.ads[0].is_ok());
    assert!(page.ads[1].as_ref().unwrap_err().is_timed_out());
}
