use std::fmt::Display;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::Duration;

use gather::{Canceller, Group};

use crate::dice::Dice;
use crate::member::{Intended, pause};
use crate::record::Record;

/// What happens to one group.
pub(crate) struct Driver {
    dice: Dice,
    record: Arc<Record>,
    cancel: Sender<(Canceller, Duration)>,
}

impl Driver {
    pub(crate) fn new(dice: Dice, record: Arc<Record>, cancel: Sender<(Canceller, Duration)>) -> Self {
        Self { dice, record, cancel }
    }

    fn add_callback<T, X>(&mut self, group: &Group<T, X>)
    where
        T: Send + Sync + 'static,
        X: Display + Send + Sync + 'static,
    {
        let record = Arc::clone(&self.record);
        let token = record.token(|record| &record.callbacks);
        let (panics, cancels) = (self.dice.one_in(5), self.dice.one_in(8));
        group.on_done(move |outcome| {
            let _token = token;
            let is_done = record.canceller().is_none_or(|canceller| canceller.is_done());
            record.expect(is_done, "a callback of a group that is not done");
            record.saw(outcome);
            record.called();
            if cancels {
                record.cancel();
            }
            if panics {
                std::panic::panic_any(Intended);
            }
        });
    }
}

pub(crate) async fn drive<T, X>(group: Group<T, X>, mut driver: Driver)
where
    T: Send + Sync + 'static,
    X: Display + Send + Sync + 'static,
{
    driver.record.created(group.canceller());
    for _ in 0..driver.dice.below(3) {
        driver.add_callback(&group);
    }
    if driver.dice.one_in(3) {
        let after = Duration::from_micros(driver.dice.below(2) as u64);
        // Where it has ended, the runtime is shutting down.
        let _ = driver.cancel.send((group.canceller(), after));
    }
    for _ in 0..driver.dice.below(3) {
        pause(&mut driver.dice).await;
    }
    if driver.dice.one_in(4) {
        driver.add_callback(&group);
    }
    if driver.dice.one_in(4)
        && let Some(outcome) = group.result()
    {
        driver.record.saw(outcome);
    }
    if driver.dice.one_in(8) {
        group.cancel();
    }
    match driver.dice.below(8) {
        0 => drop(group),
        1 | 2 => own(group, &driver).await,
        3 => {
            // Dropped before it has yielded, or not.
            let record = Arc::clone(&driver.record);
            if let Ok(outcome) = tokio::time::timeout(driver.dice.moment(), group).await {
                record.saw(&outcome);
            }
        }
        4 => {
            let guard = group.abort_on_drop();
            pause(&mut driver.dice).await;
            if driver.dice.one_in(2) {
                driver.record.saw(&guard.await);
            }
        }
        5 => {
            let task = tokio::spawn(async move { own(group, &driver).await });
            tokio::task::yield_now().await;
            task.abort();
            let _ = task.await;
        }
        _ => observe(&group, &mut driver).await,
    }
}

/// Awaits by value.
async fn own<T, X>(group: Group<T, X>, driver: &Driver)
where
    T: Send + 'static,
    X: Display + Send + 'static,
{
    let outcome = group.await;
    driver.record.expect(driver.record.members.alive() == 0, "members outlive their owner");
    driver.record.saw(&outcome);
}

async fn observe<T, X>(group: &Group<T, X>, driver: &mut Driver)
where
    T: Send + Sync + 'static,
    X: Display + Send + Sync + 'static,
{
    let observers: Vec<_> = (0..driver.dice.below(3))
        .map(|_| {
            let (done, patience) = (group.wait(), driver.dice.moment());
            tokio::spawn(async move { tokio::time::timeout(patience, done).await.is_ok() })
        })
        .collect();
    group.wait().await;
    driver.record.saw(group.result().expect("it is done"));
    driver.add_callback(group);
    group.finished().await;
    driver.record.expect(driver.record.members.alive() == 0, "members outlive the end of the last");
    for observer in observers {
        let _ = observer.await;
    }
}
