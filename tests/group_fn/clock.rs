use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::time::{Instant, sleep};

/// A clock that notes from when to when each step ran.
#[derive(Clone)]
pub(crate) struct Clock {
    origin: Instant,
    seen: Arc<Mutex<Vec<(u128, String, String)>>>,
}

impl Clock {
    pub(crate) fn new() -> Self {
        Self { origin: Instant::now(), seen: Arc::default() }
    }

    /// Takes so many ticks, then gives `value`.
    pub(crate) async fn step<T>(&self, name: &str, ticks: u64, value: T) -> T {
        let mut note = Note { clock: self, name, start: self.now(), ended: false };
        sleep(Duration::from_millis(ticks)).await;
        note.ended = true;
        value
    }

    /// `user 0-2, orders 0!1`: `user` ran for two ticks, `orders` was dropped after one. In the order of starts, then of names.
    pub(crate) fn seen(&self) -> String {
        let mut seen = std::mem::take(&mut *self.seen.lock().expect("no panic under the lock"));
        seen.sort();
        let steps: Vec<_> = seen.into_iter().map(|(start, name, end)| format!("{name} {start}{end}")).collect();
        steps.join(", ")
    }

    pub(crate) fn now(&self) -> u128 {
        self.origin.elapsed().as_millis()
    }
}

struct Note<'a> {
    clock: &'a Clock,
    name: &'a str,
    start: u128,
    ended: bool,
}

impl Drop for Note<'_> {
    fn drop(&mut self) {
        let sign = if self.ended { '-' } else { '!' };
        let end = format!("{sign}{}", self.clock.now());
        self.clock.seen.lock().expect("no panic under the lock").push((self.start, self.name.to_owned(), end));
    }
}
