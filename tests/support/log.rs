//! A virtual clock, an event log, and children that write into it.

use std::fmt::{self, Debug, Display};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use gather::Exception;
use tokio::runtime::Builder;
use tokio::time::{Instant, sleep, sleep_until};

/// The catalogue's unit of virtual time.
pub(crate) const UNIT: Duration = Duration::from_millis(100);

/// Runs `main` on a paused clock and gives back what was recorded until the runtime was gone.
pub(crate) fn run(main: impl AsyncFnOnce(Log)) -> String {
    let runtime =
        Builder::new_current_thread().enable_time().start_paused(true).build().expect("a current_thread runtime");
    let events = Arc::<Mutex<Vec<String>>>::default();
    runtime.block_on(async {
        main(Log { start: Instant::now(), events: Arc::clone(&events) }).await;
    });
    drop(runtime);
    let events = events.lock().expect("no panic while recording");
    events.join("; ")
}

/// Events in the order in which they happened, as `<units> <who> <what>`.
#[derive(Clone)]
pub(crate) struct Log {
    start: Instant,
    events: Arc<Mutex<Vec<String>>>,
}

impl Log {
    pub(crate) fn record(&self, who: &str, what: impl Display) {
        let elapsed = u32::try_from(self.start.elapsed().as_millis()).expect("a short test");
        let units = f64::from(elapsed) / 100.0;
        self.events.lock().expect("no panic while recording").push(format!("{units} {who} {what}"));
    }

    pub(crate) fn result(&self, value: impl Debug) {
        self.record("main", format_args!("result {value:?}"));
    }

    pub(crate) fn got(&self, error: impl Debug) {
        self.record("main", format_args!("got Err({error:?})"));
    }

    /// Sleeps until `units` after the start of the test.
    pub(crate) async fn reach(&self, units: u32) {
        sleep_until(self.start + UNIT * units).await;
    }

    /// A child that yields `value` after `units`; one of 0 units never suspends.
    pub(crate) fn child<V>(&self, name: &str, units: u32, value: V) -> impl Future<Output = V> + use<V> {
        let work = self.work(name, units, "end");
        async move {
            work.await;
            value
        }
    }

    /// A child that may fail: after `units` it records `end` or `fail` and yields `outcome`.
    pub(crate) fn fallible<V>(
        &self,
        name: &str,
        units: u32,
        outcome: Result<V, Failure>,
    ) -> impl Future<Output = Result<V, Failure>> + use<V> {
        let work = self.work(name, units, if outcome.is_ok() { "end" } else { "fail" });
        async move {
            work.await;
            outcome
        }
    }

    /// A child that yields `Ok(value)` after `units`.
    pub(crate) fn succeeding(
        &self,
        name: &str,
        units: u32,
        value: u32,
    ) -> impl Future<Output = Result<u32, Failure>> + use<> {
        self.fallible(name, units, Ok(value))
    }

    /// A child that yields `Err(error)` after `units`.
    pub(crate) fn failing(
        &self,
        name: &str,
        units: u32,
        error: &'static str,
    ) -> impl Future<Output = Result<u32, Failure>> + use<> {
        self.fallible(name, units, Err(Failure(error)))
    }

    /// Records `<name> cancelled` if it is dropped before `end`.
    pub(crate) fn guard(&self, name: &str) -> Guard {
        Guard { log: self.clone(), name: name.to_owned(), ended: false }
    }

    fn work(&self, name: &str, units: u32, last: &'static str) -> impl Future<Output = ()> + use<> {
        let (log, name) = (self.clone(), name.to_owned());
        async move {
            log.record(&name, "start");
            // Made at the first poll: a child that never started records nothing.
            let guard = log.guard(&name);
            if units > 0 {
                sleep(UNIT * units).await;
            }
            guard.end(last);
        }
    }
}

pub(crate) struct Guard {
    log: Log,
    name: String,
    ended: bool,
}

impl Guard {
    pub(crate) fn end(mut self, last: &str) {
        self.ended = true;
        self.log.record(&self.name, last);
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        if !self.ended {
            self.log.record(&self.name, "cancelled");
        }
    }
}

/// A child's error; `Err(Failure("A"))` prints as `Err(A)`.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct Failure(pub(crate) &'static str);

impl Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// The field of a `return_exceptions` group without the name of its member.
pub(crate) fn raised<V>(field: Result<V, Exception<Failure>>) -> Result<V, Failure> {
    field.map_err(|exception| exception.into_error().expect("an error of the member"))
}
