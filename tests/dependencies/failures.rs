//! A member that others wait for fails, or a dependant does, under each policy.

use std::future::ready;

use gather::{Exception, gather};

use crate::support::{Wrong, bad, good};
use crate::times::Times;

#[tokio::test(start_paused = true)]
async fn without_a_policy_a_failed_dependency_ends_the_group() {
    let t = Times::new();
    let r = gather! {
        c => |b| t.run("c", 1, *b),
        a => t.run("a", 10, Err::<u8, _>(Wrong(1)))?,
        b => |a| t.run("b", 1, *a),
        d => t.run("d", 20, ()),
    }
    .await;
    assert_eq!(r.map(|r| (r.a, r.b, r.c, r.d)).unwrap_err(), Wrong(1));
    assert_eq!(t.take(), "a 0-10, d 0-?");
}

#[tokio::test(start_paused = true)]
async fn a_failed_dependant_ends_the_group() {
    let t = Times::new();
    let r = gather! {
        a => t.run("a", 10, Ok(1))?,
        b => |a| t.run("b", 10, Err::<u8, _>(Wrong(*a)))?,
        c => t.run("c", 30, 3),
        d => |b| t.run("d", 10, *b),
    }
    .await;
    assert_eq!(r.map(|r| (r.a, r.b, r.c, r.d)).unwrap_err(), Wrong(1));
    assert_eq!(t.take(), "a 0-10, c 0-?, b 10-20");
}

#[tokio::test(start_paused = true)]
async fn without_a_question_mark_a_result_is_a_value() {
    let r = gather! {
        a => bad(1),
        b => |a| ready(a.is_err()),
        c => good(2),
        d => |c: &Result<u8, Wrong>| ready(c.map(|n| n + 1)),
    }
    .await;
    assert_eq!((r.a, r.b, r.c, r.d), (Err(Wrong(1)), true, Ok(2), Ok(3)));
}

#[tokio::test(start_paused = true)]
async fn name_errors_names_the_dependant() {
    let r = gather! {
        user => good(1)?,
        advice => |user| bad(*user)?,
        last => |advice| ready(*advice);
        name_errors
    }
    .await;
    let e: Exception<Wrong> = r.map(|r| (r.user, r.advice, r.last)).unwrap_err();
    assert_eq!(e.to_string(), "member `advice` failed: wrong by 1");
    assert_eq!(e.member.unwrap().name(), Some("advice"));

    let r = gather! {
        pages => *|user| (0..*user).map(|i| async move { if i == 2 { bad(i).await } else { good(i).await } })?,
        user => good(4)?;
        name_errors
    }
    .await;
    let e = r.map(|r| (r.user, r.pages)).unwrap_err();
    assert_eq!(e.to_string(), "member `pages[2]` failed: wrong by 2");
}

#[tokio::test(start_paused = true)]
async fn all_errors_does_not_list_those_that_were_skipped() {
    let t = Times::new();
    let r = gather! {
        last => |skipped| t.run("last", 1, *skipped),
        skipped => |first, fine| t.run("skipped", 1, Ok::<u8, Wrong>(first + fine))?,
        first => t.run("first", 10, Err::<u8, _>(Wrong(1)))?,
        fine => t.run("fine", 20, Ok(2))?,
        later => |fine| t.run("later", 10, Err::<u8, _>(Wrong(*fine)))?,
        list => *|first| [t.run("item", 1, *first)],
        after => |list| t.run("after", 1, list.len()),
        mixed => *[Ok(1), Err(Wrong(4)), Err(Wrong(5))].map(ready)?,
        unseen => |mixed| t.run("unseen", 1, mixed.len());
        all_errors
    }
    .await;
    let all = r
        .map(|r| (r.last, r.skipped, r.first, r.fine, r.later, r.list, r.after, r.mixed, r.unseen))
        .expect_err("four members fail");
    let all: Vec<_> = all.iter().map(ToString::to_string).collect();
    assert_eq!(
        all,
        [
            "member `first` failed: wrong by 1",
            "member `later` failed: wrong by 2",
            "member `mixed[1]` failed: wrong by 4",
            "member `mixed[2]` failed: wrong by 5",
        ]
    );
    assert_eq!(t.take(), "fine 0-20, first 0-10, later 20-30", "every member that can run does");
}

#[tokio::test(start_paused = true)]
async fn all_errors_without_an_error() {
    let r = gather! { b => |a| good(a + 1)?, a => good(1)?, c => *|b| [good(*b)]?; all_errors }.await;
    assert_eq!(r.map(|r| (r.a, r.b, r.c)).ok(), Some((1, 2, vec![2])));
}

#[tokio::test(start_paused = true)]
async fn under_return_exceptions_dependants_see_what_is_ok() {
    let t = Times::new();
    let r = gather! {
        user => t.run("user", 10, Ok::<_, Wrong>("ada".to_owned())),
        number => t.run("number", 5, 7),
        both => |user, number: &i32| t.run("both", 5, format!("{user}{number}")),
        list => *|number| (0..3).map(|i| t.run("item", 1, if i == 1 { Err(Wrong(1)) } else { Ok(i * number) })),
        seen => |list: &Vec<Result<i32, Exception<Wrong>>>| ready(list.iter().filter(|item| item.is_ok()).count());
        return_exceptions
    }
    .await;
    let user: Result<String, Exception<Wrong>> = r.user;
    let both: Result<String, Exception> = r.both;
    assert_eq!((user.unwrap().as_str(), r.number.unwrap(), both.unwrap().as_str()), ("ada", 7, "ada7"));
    let list: Vec<_> = r.list.into_iter().map(|item| item.map_err(|e| e.to_string())).collect();
    assert_eq!(list, [Ok(0), Err("member `list[1]` failed: wrong by 1".to_owned()), Ok(14)]);
    assert_eq!(r.seen.unwrap(), 2);
    assert_eq!(t.take(), "number 0-5, user 0-10, item 5-6, item 5-6, item 5-6, both 10-15");
}

#[tokio::test(start_paused = true)]
async fn under_return_exceptions_dependants_of_what_failed_are_skipped() {
    let t = Times::new();
    let r = gather! {
        last => |skipped| t.run("last", 1, *skipped),
        skipped => |a, slow| t.run("skipped", 1, a + slow),
        a => t.run("a", 10, Err::<u8, _>(Wrong(1))),
        slow => t.run("slow", 30, 1),
        list => *|skipped| [t.run("list", 1, *skipped)],
        required => |a| t.run("required", 1, Ok::<u8, Wrong>(*a))?,
        after => |slow| t.run("after", 5, slow + 1);
        return_exceptions
    }
    .await;
    let last: Exception = r.last.unwrap_err();
    let required: Exception<Wrong> = r.required.unwrap_err();
    let skipped = r.skipped.unwrap_err();
    assert!(last.is_skipped() && skipped.is_skipped() && required.is_skipped());
    assert_eq!(last.to_string(), "member `last` was skipped: a dependency failed");
    assert_eq!(skipped.to_string(), "member `skipped` was skipped: a dependency failed");
    assert_eq!(r.a.unwrap_err().error(), Some(&Wrong(1)));
    assert_eq!((r.slow.unwrap(), r.after.unwrap()), (1, 2));
    assert_eq!(t.take(), "a 0-10, slow 0-30, after 30-35");

    let [list] = &r.list[..] else { panic!("a list that was not made has one field") };
    let list = list.as_ref().unwrap_err();
    assert!(list.is_skipped());
    assert_eq!(list.to_string(), "member `list` was skipped: a dependency failed");
}

/// A list has a value under `return_exceptions` whatever its items are, and so whoever waits for it starts.
#[tokio::test(start_paused = true)]
async fn a_list_does_not_fail_under_return_exceptions() {
    let r = gather! {
        a => bad(1),
        list => *|a| [ready(*a)],
        seen => |list| ready(list.iter().all(|item| item.as_ref().is_err_and(Exception::is_skipped)));
        return_exceptions
    }
    .await;
    assert!(r.a.is_err());
    assert_eq!((r.list.len(), r.seen.unwrap()), (1, true));
}

#[tokio::test(start_paused = true)]
async fn a_skipped_member_does_not_wait_for_its_other_dependencies() {
    let t = Times::new();
    let r = gather! {
        quick => t.run("quick", 5, Err::<u8, _>(Wrong(1))),
        slow => t.run("slow", 50, 1),
        both => |quick, slow| t.run("both", 1, quick + slow),
        told => |both| t.run("told", 1, *both);
        return_exceptions, until = t.run("until", 10, ())
    }
    .await;
    assert!(r.quick.unwrap_err().is_error());
    assert!(r.slow.unwrap_err().is_cancelled());
    assert!(r.both.unwrap_err().is_skipped());
    assert!(r.told.unwrap_err().is_skipped());
    assert_eq!(t.take(), "quick 0-5, slow 0-?, until 0-10");
}

#[derive(Debug, PartialEq)]
struct AppError(String);

impl std::fmt::Display for AppError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Wrong> for AppError {
    fn from(wrong: Wrong) -> Self {
        Self(wrong.to_string())
    }
}

impl From<&'static str> for AppError {
    fn from(text: &'static str) -> Self {
        Self(text.to_owned())
    }
}

#[tokio::test(start_paused = true)]
async fn errors_convert() {
    async fn check(user: u8) -> Result<u8, &'static str> {
        if user == 0 { Err("nobody") } else { Ok(user) }
    }
    for (user, expected) in [(good(1), Ok(1)), (good(0), Err("nobody"))] {
        let r = gather! { b => |a| check(*a)?, a => user?; error = AppError }.await;
        assert_eq!(r.map(|r| r.a.min(r.b)), expected.map_err(AppError::from));
    }
    let r = gather! { b => |a| check(*a)?, a => bad(3)?; error = AppError }.await;
    assert_eq!(r.map(|r| (r.a, r.b)).unwrap_err(), AppError("wrong by 3".to_owned()));

    let r = gather! { b => |a| check(*a)?, a => good(0)?; error = AppError, all_errors }.await;
    assert_eq!(r.map(|r| (r.a, r.b)).unwrap_err().to_string(), "member `b` failed: nobody");
}
