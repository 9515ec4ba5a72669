use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::dice::Dice;
use crate::record::{Record, Token};

/// The payload of panics that are part of the plan.
pub(crate) struct Intended;

#[derive(Debug)]
pub(crate) struct Wrong;

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("wrong")
    }
}

impl std::error::Error for Wrong {}

/// The output of a member.
pub(crate) struct Value {
    _token: Token,
}

/// Held by a member as long as it is there.
struct Held {
    panics: bool,
    _token: Token,
}

impl Drop for Held {
    fn drop(&mut self) {
        if self.panics && !std::thread::panicking() {
            std::panic::panic_any(Intended);
        }
    }
}

/// A member that ends well or badly, sooner or later, or never.
pub(crate) fn fallible(
    dice: &mut Dice,
    record: &Arc<Record>,
) -> impl Future<Output = Result<Value, Wrong>> + Send + use<> {
    let mut dice = dice.split();
    let record = Arc::clone(record);
    let held = Held { panics: dice.one_in(60), _token: record.token(|record| &record.members) };
    async move {
        for _ in 0..dice.below(3) {
            pause(&mut dice).await;
        }
        match dice.below(24) {
            0 => return Err(Wrong),
            1 => std::panic::panic_any(Intended),
            // So long that most groups end before.
            2 => tokio::time::sleep(Duration::from_millis(20)).await,
            3 if dice.one_in(2) => {
                record.cancel();
                if dice.one_in(2) {
                    tokio::task::yield_now().await;
                }
            }
            _ => {}
        }
        // Not after there is an output: rustc leaks what is being returned when the destructor of a local panics.
        drop(held);
        Ok(Value { _token: record.token(|record| &record.outputs) })
    }
}

pub(crate) fn plain(dice: &mut Dice, record: &Arc<Record>) -> impl Future<Output = Value> + Send + use<> {
    let fallible = fallible(dice, record);
    async move {
        match fallible.await {
            Ok(value) => value,
            Err(Wrong) => std::panic::panic_any(Intended),
        }
    }
}

/// A member that is made when what it depends on is done.
pub(crate) fn later(
    dice: &mut Dice,
    record: &Arc<Record>,
) -> impl FnOnce() -> std::pin::Pin<Box<dyn Future<Output = Result<Value, Wrong>> + Send>> + Send + use<> {
    let (mut dice, record) = (dice.split(), Arc::clone(record));
    move || Box::pin(fallible(&mut dice, &record))
}

pub(crate) async fn pause(dice: &mut Dice) {
    if dice.one_in(8) {
        tokio::time::sleep(dice.moment()).await;
    } else {
        tokio::task::yield_now().await;
    }
}
