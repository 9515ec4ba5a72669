use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

/// What happened, in order, one word each.
#[derive(Clone, Default)]
pub(crate) struct Trace(Arc<Mutex<Vec<String>>>);

impl Trace {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    pub(crate) fn push(&self, word: impl Into<String>) {
        self.0.lock().expect("no panic under the lock").push(word.into());
    }

    /// All words since the last `take`, with a space between them.
    pub(crate) fn take(&self) -> String {
        let mut words = self.0.lock().expect("no panic under the lock");
        std::mem::take(&mut *words).join(" ")
    }

    /// Records `word` and gives back `value`: shows when an expression is evaluated.
    pub(crate) fn seen<T>(&self, word: &str, value: T) -> T {
        self.push(word);
        value
    }

    /// A member that records `name` at each poll and `-name` when it is dropped. It wakes itself and is pending
    /// `turns` times, then yields `value`.
    pub(crate) fn member<T>(&self, name: &str, turns: usize, value: T) -> Traced<T> {
        Traced { trace: self.clone(), name: name.to_owned(), turns, value: Some(value) }
    }
}

pub(crate) struct Traced<T> {
    trace: Trace,
    name: String,
    turns: usize,
    value: Option<T>,
}

impl<T> Unpin for Traced<T> {}

impl<T> Future for Traced<T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        self.trace.push(self.name.as_str());
        if self.turns == 0 {
            return Poll::Ready(self.value.take().expect("not polled after its end"));
        }
        self.turns -= 1;
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

impl<T> Drop for Traced<T> {
    fn drop(&mut self) {
        self.trace.push(format!("-{}", self.name));
    }
}

/// Counts the tokens that exist.
#[derive(Clone, Default)]
pub(crate) struct Live(Arc<Counts>);

#[derive(Default)]
struct Counts {
    now: AtomicUsize,
    most: AtomicUsize,
    made: AtomicUsize,
}

impl Live {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    pub(crate) fn token(&self) -> Token {
        let now = self.0.now.fetch_add(1, Ordering::SeqCst) + 1;
        self.0.most.fetch_max(now, Ordering::SeqCst);
        self.0.made.fetch_add(1, Ordering::SeqCst);
        Token(self.clone())
    }

    /// How many exist now.
    pub(crate) fn now(&self) -> usize {
        self.0.now.load(Ordering::SeqCst)
    }

    /// How many existed at once, at most.
    pub(crate) fn most(&self) -> usize {
        self.0.most.load(Ordering::SeqCst)
    }

    /// How many were made.
    pub(crate) fn made(&self) -> usize {
        self.0.made.load(Ordering::SeqCst)
    }
}

/// Lives as long as what holds it.
pub(crate) struct Token(Live);

impl Drop for Token {
    fn drop(&mut self) {
        self.0.0.now.fetch_sub(1, Ordering::SeqCst);
    }
}
