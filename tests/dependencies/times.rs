//! When members start and end, on tokio's paused clock.

use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use tokio::time::{Instant, sleep};

/// Notes each member that runs in it.
#[derive(Clone)]
pub(crate) struct Times(Arc<Mutex<Notes>>);

struct Notes {
    begin: Instant,
    runs: Vec<Run>,
}

struct Run {
    name: &'static str,
    start: u128,
    end: Option<u128>,
}

impl Times {
    /// The clock starts.
    pub(crate) fn new() -> Self {
        Self(Arc::new(Mutex::new(Notes { begin: Instant::now(), runs: Vec::new() })))
    }

    /// For members that are tasks, whose bodies then copy the reference: `move |a| ..`.
    #[cfg(feature = "tokio")]
    pub(crate) fn leaked() -> &'static Self {
        Box::leak(Box::new(Self::new()))
    }

    /// A member: runs for `ms` from its first poll on, then yields `value`.
    pub(crate) fn run<T>(&self, name: &'static str, ms: u64, value: T) -> impl Future<Output = T> + use<T> {
        let times = self.clone();
        async move {
            let run = times.start(name);
            sleep(Duration::from_millis(ms)).await;
            times.end(run);
            value
        }
    }

    /// All members that have started, by their starts and then by their names, as `name start-end`. The end of one that was
    /// dropped before it, or still runs, is `?`. Then the clock starts anew.
    pub(crate) fn take(&self) -> String {
        let mut notes = self.notes();
        let mut runs = std::mem::take(&mut notes.runs);
        notes.begin = Instant::now();
        runs.sort_by_key(|run| (run.start, run.name, run.end));
        let shown = runs.iter().map(|run| {
            let end = run.end.map_or("?".to_owned(), |end| end.to_string());
            format!("{} {}-{end}", run.name, run.start)
        });
        shown.collect::<Vec<_>>().join(", ")
    }

    pub(crate) fn now(&self) -> u128 {
        self.notes().now()
    }

    fn start(&self, name: &'static str) -> usize {
        let mut notes = self.notes();
        let start = notes.now();
        notes.runs.push(Run { name, start, end: None });
        notes.runs.len() - 1
    }

    fn end(&self, run: usize) {
        let mut notes = self.notes();
        let end = notes.now();
        notes.runs[run].end = Some(end);
    }

    fn notes(&self) -> MutexGuard<'_, Notes> {
        self.0.lock().expect("no panic under the lock")
    }
}

impl Notes {
    fn now(&self) -> u128 {
        self.begin.elapsed().as_millis()
    }
}

/// Runs a check on the group of four members in several orders of writing.
macro_rules! in_any_order {
    ($r:ident => $check:block $options:tt [$($a:tt)*] [$($b:tt)*] [$($c:tt)*] [$($d:tt)*]) => {{
        in_any_order!(@ $r $check $options $($a)*, $($b)*, $($c)*, $($d)*);
        in_any_order!(@ $r $check $options $($d)*, $($c)*, $($b)*, $($a)*);
        in_any_order!(@ $r $check $options $($b)*, $($d)*, $($a)*, $($c)*);
        in_any_order!(@ $r $check $options $($c)*, $($a)*, $($d)*, $($b)*);
    }};
    (@ $r:ident $check:block { $($options:tt)* } $($members:tt)*) => {{
        let $r = gather! { $($members)* $($options)* }.await;
        $check
    }};
}
pub(crate) use in_any_order;
