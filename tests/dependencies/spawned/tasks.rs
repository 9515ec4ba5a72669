//! One task for each member, from its start to its end, and none besides.

use std::future::ready;
use std::time::Duration;

use gather::gather;
use tokio::runtime::Handle;
use tokio::time::sleep;

use crate::times::Times;

fn tasks() -> usize {
    Handle::current().metrics().num_alive_tasks()
}

async fn at(ms: u64) {
    sleep(Duration::from_millis(ms)).await;
}

#[tokio::test(start_paused = true)]
async fn who_waits_has_no_task() {
    let t = Times::leaked();
    let group = gather! {
        c => move |b| t.run("c", 10, *b),
        a => t.run("a", 10, 1),
        b => move |a| t.run("b", 10, *a),
        d => t.run("d", 10, 1),
        list => *move |c| (0..*c + 2).map(|i| t.run("item", 10, i));
        spawn
    };
    assert_eq!(tasks(), 2);
    at(15).await;
    assert_eq!(tasks(), 1);
    at(10).await;
    assert_eq!(tasks(), 1);
    at(10).await;
    assert_eq!(tasks(), 3);
    at(10).await;
    assert_eq!(tasks(), 0);
    assert!(group.is_done());
    let r = group.await.unwrap();
    assert_eq!((r.a, r.b, r.c, r.d, r.list), (1, 1, 1, 1, vec![0, 1, 2]));
    assert_eq!(t.take(), "a 0-10, d 0-10, b 10-20, c 20-30, item 30-40, item 30-40, item 30-40");
}

#[tokio::test(start_paused = true)]
async fn a_deadline_has_one_helper() {
    let t = Times::leaked();
    let group = gather! {
        a => t.run("a", 10, 1),
        b => move |a| t.run("b", 10, *a);
        spawn, return_exceptions, timeout = Duration::from_secs(1), until = std::future::pending::<()>()
    };
    assert_eq!(tasks(), 2);
    at(15).await;
    assert_eq!(tasks(), 2);
    assert_eq!(group.await.unwrap().b.unwrap(), 1);
    at(1).await;
    assert_eq!(tasks(), 0);
}

#[tokio::test(start_paused = true)]
async fn callbacks_see_the_result_of_the_last_dependant() {
    let t = Times::leaked();
    let group = gather! { b => move |a| t.run("b", 10, a + 1), a => t.run("a", 10, 1); spawn };
    let (send, receive) = tokio::sync::oneshot::channel();
    group.on_done(move |result| {
        let _ = send.send((t.now(), result.as_ref().map(|r| r.a + r.b).ok()));
    });
    group.wait().await;
    assert_eq!(receive.await.unwrap(), (20, Some(3)));
    assert_eq!(group.result().unwrap().as_ref().unwrap().b, 2);
}

#[tokio::test(start_paused = true)]
async fn a_spawned_group_as_a_dependant_of_another() {
    let t = Times::leaked();
    let r = gather! {
        a => t.run("a", 10, 1),
        inner => move |a| {
            let a = *a;
            gather! { b => t.run("b", 10, a + 1), c => move |b| t.run("c", 10, a + b); spawn }
        }?,
        last => |inner| ready(inner.c + 1);
        spawn
    };
    let r = r.await.unwrap();
    assert_eq!((r.a, r.inner.b, r.inner.c, r.last), (1, 2, 3, 4));
    assert_eq!(t.take(), "a 0-10, b 10-20, c 20-30");
}
