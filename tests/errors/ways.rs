//! Each way in which an exception arises, with each kind of error: the chain has every cause once.

use std::convert::identity;
use std::sync::Arc;

use gather::{Exception, Exceptions, Group, gather};

use crate::failing::{
    Failure, assert_chain, assert_local_chain, boxed, boxed_send, boxed_sync, literal, shared, text, typed,
    with_anyhow, with_eyre,
};

async fn one() -> u8 {
    1
}

/// In-task, in ways that need no `Send`.
macro_rules! in_task {
    ($check:ident, $error:ty, $fail:path, $causes:literal) => {{
        type X = Exception<$error>;
        let named = gather! { one => one(), db => $fail()?; name_errors }.await.map(|r| r.one + r.db);
        $check(named.unwrap_err(), concat!("member `db` failed: ", $causes));
        let all = gather! { db => $fail()?, one => one(), web => $fail()?; all_errors }.await.map(|r| r.one + r.db + r.web);
        let all: Exceptions<$error> = all.unwrap_err();
        assert_eq!(all.to_string(), concat!("member `db` failed: ", $causes, "\nmember `web` failed: ", $causes));
        $check(all.into_iter().last().unwrap(), concat!("member `web` failed: ", $causes));
        let kept = gather! { one => one(), db => $fail(), web => $fail()?; return_exceptions }.await;
        assert_eq!(kept.one.unwrap(), 1);
        let (db, web): (X, X) = (kept.db.unwrap_err(), kept.web.unwrap_err());
        $check(db, concat!("member `db` failed: ", $causes));
        $check(web, concat!("member `web` failed: ", $causes));

        let list = gather!(*[$fail(), $fail()]?; name_errors).await;
        $check(list.unwrap_err(), concat!("member `#0` failed: ", $causes));
        let list = gather! { pages => *(0..3).map(|_| $fail())?; name_errors, limit = 2 }.await.map(|r| r.pages);
        $check(list.unwrap_err(), concat!("member `pages[0]` failed: ", $causes));
        let list = gather!(one(), *(0..3).map(|_| $fail()); return_exceptions).await.1;
        $check(list.into_iter().nth(2).unwrap().unwrap_err(), concat!("member `#1[2]` failed: ", $causes));
        let list = gather!(one(), *(0..3).map(|_| $fail()); return_exceptions, limit = 1).await.1;
        $check(list.into_iter().nth(2).unwrap().unwrap_err(), concat!("member `#1[2]` failed: ", $causes));

        let waits = gather! { one => one(), db => |one| { let _ = one; $fail() }?; name_errors }.await.map(|r| r.one + r.db);
        $check(waits.unwrap_err(), concat!("member `db` failed: ", $causes));
        let waits = gather! { one => one(), db => |one| { let _ = one; $fail() }; return_exceptions }.await;
        assert_eq!(waits.one.unwrap(), 1);
        $check(waits.db.unwrap_err(), concat!("member `db` failed: ", $causes));
        let waits = gather! { one => one(), pages => *|one| (0..*one).map(|_| $fail()); return_exceptions }.await;
        assert_eq!(waits.one.unwrap(), 1);
        $check(waits.pages.into_iter().next().unwrap().unwrap_err(), concat!("member `pages[0]` failed: ", $causes));
    }};
}

/// Tasks and spawned groups.
macro_rules! spawned {
    ($error:ty, $fail:path, $causes:literal) => {{
        type X = Exception<$error>;
        let first = gather! { one => one(), db => $fail()?; spawn }.await.map(|r| r.one + r.db);
        assert_chain(first.unwrap_err(), concat!("member `db` failed: ", $causes));
        let all = gather! { db => $fail()?, web => $fail()?; spawn, all_errors }.await.map(|r| r.db + r.web).unwrap_err();
        assert_eq!(all.to_string(), concat!("member `db` failed: ", $causes, "\nmember `web` failed: ", $causes));
        assert_chain(all.into_iter().last().unwrap(), concat!("member `web` failed: ", $causes));
        let kept = gather! { db => $fail(), web => $fail()?; spawn, return_exceptions }.await.unwrap();
        assert_chain(kept.db.unwrap_err(), concat!("member `db` failed: ", $causes));
        assert_chain(kept.web.unwrap_err(), concat!("member `web` failed: ", $causes));
        let list = gather!(*(0..3).map(|_| $fail())?; spawn).await;
        assert_chain(list.unwrap_err(), concat!("member `#0` failed: ", $causes));
        let list = gather! { one => one(), pages => *(0..3).map(|_| $fail()); spawn, limit = 2, return_exceptions }.await.unwrap();
        assert_eq!(list.one.unwrap(), 1);
        assert_chain(list.pages.into_iter().next().unwrap().unwrap_err(), concat!("member `pages[0]` failed: ", $causes));
        let waits = gather! { one => one(), db => |one| { let _ = one; $fail() }?; spawn }.await.map(|r| r.one + r.db);
        assert_chain(waits.unwrap_err(), concat!("member `db` failed: ", $causes));
        let waits = gather! { one => one(), db => |one| { let _ = one; $fail() }; spawn, return_exceptions }.await.unwrap();
        assert_eq!(waits.one.unwrap(), 1);
        assert_chain(waits.db.unwrap_err(), concat!("member `db` failed: ", $causes));

        // Tasks that are adopted.
        let tasks = gather! { db => tokio::spawn($fail())?; spawn }.await.map(|r| r.db);
        assert_chain(tasks.unwrap_err(), concat!("member `db` failed: ", $causes));
        let tasks = gather! { db => tokio::spawn($fail())?; all_errors }.await.map(|r| r.db);
        assert_chain(tasks.unwrap_err().into_iter().next().unwrap(), concat!("member `db` failed: ", $causes));
        let tasks = gather! { db => tokio::spawn($fail()), web => tokio::spawn($fail())?; return_exceptions }.await;
        assert_chain(tasks.db.unwrap_err(), concat!("member `db` failed: ", $causes));
        assert_chain(tasks.web.unwrap_err(), concat!("member `web` failed: ", $causes));
        let tasks = gather!(*[tokio::spawn($fail())]; return_exceptions).await;
        assert_chain(tasks.into_iter().next().unwrap().unwrap_err(), concat!("member `#0` failed: ", $causes));

        // Groups that are handed on.
        let group = || -> Group<(u8,), X> { gather!($fail()?; spawn) };
        let outer = gather! { inner => group()?; spawn }.await.map(|r| r.inner.0);
        assert_chain(outer.unwrap_err(), concat!("member `#0` failed: ", $causes));
        let outer = gather! { inner => group()?; all_errors }.await.map(|r| r.inner.0);
        assert_chain(outer.unwrap_err().into_iter().next().unwrap(), concat!("member `#0` failed: ", $causes));
        let outer = gather! { inner => group(), same => group()?; return_exceptions }.await;
        assert_chain(outer.inner.unwrap_err(), concat!("member `#0` failed: ", $causes));
        assert_chain(outer.same.unwrap_err(), concat!("member `#0` failed: ", $causes));
        let plain = gather! { inner => group(); spawn }.await.unwrap().inner;
        assert_chain(plain.unwrap_err(), concat!("member `#0` failed: ", $causes));
    }};
}

#[tokio::test]
async fn errors_with_anyhow() {
    in_task!(assert_chain, anyhow::Error, with_anyhow, "loading: reading: gone");
    spawned!(anyhow::Error, with_anyhow, "loading: reading: gone");
}

#[tokio::test]
async fn errors_with_eyre() {
    in_task!(assert_chain, eyre::Report, with_eyre, "loading: reading: gone");
    spawned!(eyre::Report, with_eyre, "loading: reading: gone");
}

#[tokio::test]
async fn errors_of_their_own_type() {
    in_task!(assert_chain, Failure, typed, "reading: gone");
    spawned!(Failure, typed, "reading: gone");
    in_task!(assert_chain, Arc<Failure>, shared, "reading: gone");
    spawned!(Arc<Failure>, shared, "reading: gone");
}

#[tokio::test]
async fn boxed_errors() {
    in_task!(assert_local_chain, Box<dyn std::error::Error>, boxed, "reading: gone");
    in_task!(assert_local_chain, Box<dyn std::error::Error + Send>, boxed_send, "reading: gone");
    in_task!(assert_chain, Box<dyn std::error::Error + Send + Sync>, boxed_sync, "reading: gone");
    spawned!(Box<dyn std::error::Error + Send + Sync>, boxed_sync, "reading: gone");
}

#[tokio::test]
async fn texts() {
    in_task!(assert_chain, String, text, "gone");
    spawned!(String, text, "gone");
    in_task!(assert_chain, &'static str, literal, "gone");
    spawned!(&'static str, literal, "gone");
}

#[tokio::test]
async fn an_error_that_the_group_converts() {
    let named =
        gather! { a => typed()?, b => async { Ok::<u8, std::io::Error>(1) }?; name_errors, error = anyhow::Error };
    assert_chain(named.await.map(|r| r.a + r.b).unwrap_err(), "member `a` failed: reading: gone");
    let all = gather! { a => typed()?, b => shared()?; all_errors, error = anyhow::Error };
    let all = all.await.map(|r| r.a + r.b).unwrap_err();
    assert_eq!(all.to_string(), "member `a` failed: reading: gone\nmember `b` failed: reading: gone");
    let kept =
        gather! { a => typed()?, b => with_anyhow()?; return_exceptions, error = Box<dyn std::error::Error> }.await;
    assert_local_chain(kept.a.unwrap_err(), "member `a` failed: reading: gone");
    assert_local_chain(kept.b.unwrap_err(), "member `b` failed: loading: reading: gone");
    let spawned = gather! { a => typed()?; spawn, error = eyre::Report }.await.map(|r| r.a);
    assert_chain(spawned.unwrap_err(), "member `a` failed: reading: gone");
    // The outer group converts what the inner one hands on.
    let inner = gather! { a => typed()?; spawn };
    let outer = gather! { inner => inner?; spawn, error = anyhow::Error }.await.map(|r| r.inner.a);
    assert_chain(outer.unwrap_err(), "member `a` failed: reading: gone");
    let inner = gather! { a => typed()?; spawn };
    let outer = gather! { inner => inner?; return_exceptions, error = anyhow::Error }.await;
    assert_chain(outer.inner.map(|r| r.a).unwrap_err(), "member `a` failed: reading: gone");
}

/// As a caller has it: nothing but `?`.
mod functions {
    use super::{boxed_sync, gather, text, with_anyhow, with_eyre};

    pub async fn anyhow_in_anyhow() -> anyhow::Result<u8> {
        let r = gather! { a => with_anyhow()?, b => with_anyhow()?; spawn }.await?;
        Ok(r.a + r.b)
    }
    pub async fn eyre_in_eyre() -> eyre::Result<u8> {
        let r = gather! { a => with_eyre()?, b => with_eyre()?; name_errors }.await?;
        Ok(r.a + r.b)
    }
    pub async fn eyre_in_anyhow() -> anyhow::Result<u8> {
        let r = gather! { a => with_eyre()?, b => with_eyre()?; all_errors }.await?;
        Ok(r.a + r.b)
    }
    pub async fn boxed_in_boxed() -> Result<u8, Box<dyn std::error::Error + Send + Sync>> {
        let r = gather! { a => boxed_sync(); return_exceptions }.await;
        Ok(r.a?)
    }
    pub async fn text_in_local_box() -> Result<u8, Box<dyn std::error::Error>> {
        let r = gather! { a => text()?; spawn }.await?;
        Ok(r.a)
    }
    #[gather::gather_group]
    pub async fn in_an_attribute() -> anyhow::Result<u8> {
        let a = async { Ok::<_, std::io::Error>(1) }.await?;
        let r = gather! { b => with_anyhow()?; name_errors }.await?;
        Ok(a + r.b)
    }
}

#[tokio::test]
async fn the_question_mark_in_functions() {
    let causes = ": loading: reading: gone";
    assert_eq!(format!("{:#}", functions::anyhow_in_anyhow().await.unwrap_err()), format!("member `a` failed{causes}"));
    assert_eq!(format!("{:#}", functions::eyre_in_eyre().await.unwrap_err()), format!("member `a` failed{causes}"));
    let both = format!("member `a` failed{causes}\nmember `b` failed{causes}");
    assert_eq!(format!("{:#}", functions::eyre_in_anyhow().await.unwrap_err()), both);
    assert_eq!(
        crate::failing::chain(&*functions::boxed_in_boxed().await.unwrap_err()),
        "member `a` failed: reading: gone"
    );
    assert_eq!(functions::text_in_local_box().await.unwrap_err().to_string(), "member `a` failed: gone");
    assert_eq!(format!("{:#}", functions::in_an_attribute().await.unwrap_err()), format!("member `b` failed{causes}"));
    assert_eq!(identity(one().await), 1);
}
