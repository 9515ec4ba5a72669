//! Members that never give anything.

use std::convert::Infallible;
use std::future::pending;

use futures::FutureExt as _;
use futures::executor::block_on;
use gather::{Exception, gather};

use super::{double, parse};

async fn forever() -> ! {
    pending().await
}

async fn tick() {
    futures::pending!();
}

struct Page {
    parsed: u32,
}

/// None of these raises a warning, where it stands or anywhere behind it.
async fn failed() -> Result<u32, std::num::ParseIntError> {
    let served = gather! { _ => forever(), served => parse("")? }.await.map(|r| r.served);
    assert!(served.is_err());
    let tuple = gather!(forever(), parse("")?).await;
    assert!(tuple.is_err());
    let of_struct = gather!(Page { parsed: parse("")? }; limit = 1).await.map(|page| page.parsed);
    assert!(of_struct.is_err());
    let dependants =
        gather! { _ => forever(), one => double(1), two => |one| parse(if *one == 2 { "" } else { "1" })? };
    assert!(dependants.await.map(|r| (r.one, r.two)).is_err());
    let all = gather! { _ => *[(); 2].map(|()| forever()), served => parse("")? }.await?;
    Ok(all.served)
}

#[test]
fn beside_one_that_fails() {
    assert!(block_on(failed()).is_err());
    let mut endless = Box::pin(async { gather! { _ => forever(), a => double(1) }.await.a });
    assert_eq!(endless.as_mut().now_or_never(), None);
}

#[test]
fn in_tasks() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let failed = runtime.block_on(async {
        let group = gather! { _ => forever(), served => parse("")?; spawn };
        group.await.map(|r| r.served)
    });
    assert!(failed.unwrap_err().is_error());
}

#[test]
fn an_output_that_nothing_determines() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    runtime.block_on(async {
        let r = gather! {
            looped => async { loop { tick().await } },
            panicked => async { panic!("of a block") },
            unit => async { panic!("of a block") },
            task => tokio::spawn(async { panic!("of a task") }),
            list => *(0..2).map(|_| async { panic!("of a list") }),
            known => forever(),
            sent => async { double(1).await },
            dependant => async |sent| { panic!("of {sent}") };
            return_exceptions, until = async { for _ in 0..9 { tokio::task::yield_now().await } }
        }
        .await;
        // A later line may say what it is.
        let looped: Result<Infallible, Exception> = r.looped;
        let unit: Result<(), Exception> = r.unit;
        assert!(unit.unwrap_err().is_panicked());
        assert!(looped.unwrap_err().is_cancelled());
        assert!(r.known.unwrap_err().is_cancelled());
        assert!(r.panicked.unwrap_err().is_panicked() && r.list.into_iter().all(|item| item.is_err()));
        assert!(r.task.unwrap_err().is_panicked() && r.dependant.unwrap_err().is_panicked());
        assert_eq!(r.sent.unwrap(), 2);

        let group = gather! {
            panicked => async { panic!("of a block") },
            list => *(0..2).map(|_| async { panic!("of a list") }),
            looped => async { loop { tick().await } };
            return_exceptions, spawn, timeout = std::time::Duration::from_millis(1)
        };
        let r = group.await.unwrap();
        assert!(r.looped.unwrap_err().is_timed_out());
        assert!(r.panicked.unwrap_err().is_panicked() && r.list.into_iter().all(|item| item.is_err()));
    });
}
