//! What a spawned group makes of errors, panics and conversions.

use gather::{Exception, gather};
use tokio::time::Instant;

use crate::support::{Gate, Live, Wrong, bad, good, value};
use crate::{UNIT, after, endless, turns, wrong_after};

#[tokio::test]
async fn the_first_error_names_its_member() {
    async fn failing(by: u8) -> Result<u8, Wrong> {
        bad(by).await
    }
    let group = gather! { a => good(1)?, b => failing(2)?; spawn };
    assert_eq!(group.await.map(|r| (r.a, r.b)).unwrap_err().to_string(), "member `b` failed: wrong by 2");
    let group = gather! { pages => *(0..4).map(|i| async move { if i == 2 { bad(i).await } else { Ok(i) } })?; spawn };
    assert_eq!(group.await.map(|r| r.pages).unwrap_err().to_string(), "member `pages[2]` failed: wrong by 2");
    let group = gather!(value(1), bad(3)?; spawn);
    assert_eq!(group.await.unwrap_err().to_string(), "member `#1` failed: wrong by 3");
}

#[tokio::test(start_paused = true)]
async fn the_first_error_in_time_and_not_in_order() {
    let group = gather!(wrong_after(2, 1)?, wrong_after(1, 2)?; spawn);
    assert_eq!(group.await.unwrap_err().into_error().unwrap(), Wrong(2));
}

#[tokio::test]
async fn a_panic_fails_the_group_with_or_without_question_mark() {
    async fn kaput() -> u8 {
        panic!("kaput")
    }
    let live = Live::new();
    let group = gather!(kaput(), endless(&live); spawn);
    let exception = group.await.unwrap_err();
    assert!(exception.is_panicked());
    assert_eq!(exception.to_string(), "member `#0` panicked: kaput");
    assert_eq!(live.now(), 0);

    let group = gather!(async { Ok::<_, Wrong>(kaput().await) }?, good(2)?; spawn);
    let exception = group.await.unwrap_err();
    assert!(exception.is_panicked());
}

#[tokio::test(start_paused = true)]
async fn all_errors_in_member_order() {
    let start = Instant::now();
    let group = gather! {
        a => wrong_after(3, 1)?,
        b => after(9, 2),
        c => async { panic!("kaput") },
        d => *[wrong_after(2, 2), wrong_after(1, 3)]?;
        spawn, all_errors
    };
    let exceptions = group.await.map(|r| -> (u8, i32, (), Vec<u8>) { (r.a, r.b, r.c, r.d) }).unwrap_err();
    assert_eq!(start.elapsed(), UNIT * 9, "every member runs to its end");
    assert_eq!(
        exceptions.to_string(),
        "member `a` failed: wrong by 1\n\
         member `c` panicked: kaput\n\
         member `d[0]` failed: wrong by 2\n\
         member `d[1]` failed: wrong by 3"
    );
}

#[tokio::test]
async fn errors_are_converted_once() {
    #[derive(Debug, PartialEq)]
    struct Text(String);
    impl From<Wrong> for Text {
        fn from(wrong: Wrong) -> Self {
            Self(format!("converted: {wrong}"))
        }
    }

    let group = gather!(good(1)?, bad(2)?; spawn, error = Text);
    assert_eq!(group.await.unwrap_err().into_error().unwrap(), Text("converted: wrong by 2".into()));
    // The exception of an inner group keeps its member, its error is converted.
    let inner = gather! { deep => bad(3)?; spawn };
    let exception = gather!(inner?; spawn, error = Text).await.map(|(r,)| r.deep).unwrap_err();
    assert_eq!(exception.member.as_ref().unwrap().to_string(), "deep");
    assert_eq!(exception.into_error().unwrap(), Text("converted: wrong by 3".into()));
}

#[tokio::test]
async fn a_conversion_that_panics_is_that_members_panic() {
    #[derive(Debug)]
    struct Picky;
    impl std::fmt::Display for Picky {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("picky")
        }
    }
    impl From<Wrong> for Picky {
        fn from(wrong: Wrong) -> Self {
            panic!("{wrong} does not suit me")
        }
    }

    let group = gather!(bad(1)?; spawn, error = Picky);
    assert_eq!(group.await.unwrap_err().to_string(), "member `#0` panicked: wrong by 1 does not suit me");
}

#[tokio::test]
async fn nothing_fails_under_return_exceptions() {
    let gate = Gate::new();
    let group = gather! {
        error => bad(1),
        panic => async { panic!("kaput") },
        well => gate.member(3),
        list => *[Ok(4), Err(Wrong(5))].map(value);
        spawn, return_exceptions
    };
    turns().await;
    assert!(!group.is_done());
    gate.open();
    let r = group.await.unwrap();
    let panic: Result<(), Exception> = r.panic;
    assert_eq!(r.error.unwrap_err().to_string(), "member `error` failed: wrong by 1");
    assert_eq!(panic.unwrap_err().to_string(), "member `panic` panicked: kaput");
    assert_eq!(r.well.unwrap(), 3);
    assert_eq!(r.list[0].as_ref().unwrap(), &4);
    assert_eq!(r.list[1].as_ref().unwrap_err().to_string(), "member `list[1]` failed: wrong by 5");
}

#[tokio::test(start_paused = true)]
async fn a_spawned_group_inside_an_ordinary_future() {
    async fn both() -> Result<u8, Exception<Wrong>> {
        let (a, b) = gather!(after(1, 1), wrong_after(2, 7)?; spawn).await?;
        Ok(a + b)
    }
    let (a, b) = gather!(both(), both(); return_exceptions).await;
    for outcome in [a, b] {
        let exception = outcome.unwrap_err().into_error().unwrap();
        assert_eq!(exception.to_string(), "member `#1` failed: wrong by 7");
    }
}
