use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use gather::Canceller;

/// What happened to one group.
pub(crate) struct Record {
    number: usize,
    /// Members that have not ended.
    pub(crate) members: Count,
    /// Outputs of members.
    pub(crate) outputs: Count,
    /// What callbacks hold; it goes when they have run.
    pub(crate) callbacks: Count,
    calls: AtomicUsize,
    /// What was seen of it, by awaiters, callbacks and others.
    outcomes: Mutex<Vec<String>>,
    /// What should not be; tasks and callbacks swallow panics.
    wrong: Mutex<Vec<&'static str>>,
    /// For members, once the group is there.
    canceller: Mutex<Option<Canceller>>,
}

#[derive(Default)]
pub(crate) struct Count {
    made: AtomicUsize,
    dropped: AtomicUsize,
}

impl Count {
    fn made(&self) -> usize {
        self.made.load(Ordering::SeqCst)
    }

    pub(crate) fn alive(&self) -> usize {
        // What is dropped meanwhile was made before.
        let dropped = self.dropped.load(Ordering::SeqCst);
        self.made() - dropped
    }
}

/// Lives as long as what holds it.
pub(crate) struct Token {
    record: Arc<Record>,
    count: fn(&Record) -> &Count,
}

impl Drop for Token {
    fn drop(&mut self) {
        (self.count)(&self.record).dropped.fetch_add(1, Ordering::SeqCst);
    }
}

impl Record {
    pub(crate) fn new(number: usize) -> Arc<Self> {
        Arc::new(Self {
            number,
            members: Count::default(),
            outputs: Count::default(),
            callbacks: Count::default(),
            calls: AtomicUsize::new(0),
            outcomes: Mutex::default(),
            wrong: Mutex::default(),
            canceller: Mutex::default(),
        })
    }

    pub(crate) fn number(&self) -> usize {
        self.number
    }

    pub(crate) fn token(self: &Arc<Self>, count: fn(&Self) -> &Count) -> Token {
        count(self).made.fetch_add(1, Ordering::SeqCst);
        Token { record: Arc::clone(self), count }
    }

    pub(crate) fn saw<T, X: Display>(&self, outcome: &Result<T, X>) {
        let text = match outcome {
            Ok(_) => "ok".to_owned(),
            Err(exception) => exception.to_string(),
        };
        self.outcomes.lock().unwrap().push(text);
    }

    pub(crate) fn called(&self) {
        self.calls.fetch_add(1, Ordering::SeqCst);
    }

    pub(crate) fn expect(&self, right: bool, what: &'static str) {
        if !right {
            self.wrong.lock().unwrap().push(what);
        }
    }

    pub(crate) fn created(&self, canceller: Canceller) {
        *self.canceller.lock().unwrap() = Some(canceller);
    }

    /// For members and callbacks, which would keep their group alive for ever by a canceller of their own.
    pub(crate) fn canceller(&self) -> Option<Canceller> {
        self.canceller.lock().unwrap().clone()
    }

    pub(crate) fn cancel(&self) {
        if let Some(canceller) = self.canceller() {
            canceller.cancel();
        }
    }

    /// After the runtime has shut down.
    pub(crate) fn check_as_far_as_it_went(&self) {
        let number = self.number;
        // The outcome is in the group, where nobody has taken it.
        drop(self.canceller.lock().unwrap().take());
        assert_eq!(self.members.alive(), 0, "members of group {number} were not dropped");
        assert_eq!(self.outputs.alive(), 0, "outputs of group {number} were not dropped");
        assert_eq!(self.callbacks.alive(), 0, "callbacks of group {number} were not dropped");
        assert!(self.calls.load(Ordering::SeqCst) <= self.callbacks.made(), "callbacks of group {number}");
        let outcomes = self.outcomes.lock().unwrap();
        assert!(outcomes.iter().all(|seen| *seen == outcomes[0]), "outcomes of group {number}: {outcomes:?}");
    }

    pub(crate) fn check(&self) {
        let number = self.number;
        self.check_as_far_as_it_went();
        assert_eq!(self.calls.load(Ordering::SeqCst), self.callbacks.made(), "callbacks of group {number}");
        assert!(self.wrong.lock().unwrap().is_empty(), "group {number}: {:?}", self.wrong);
    }

    fn first_outcome(&self) -> &'static str {
        match self.outcomes.lock().unwrap().first() {
            None => "unseen",
            Some(outcome) if outcome == "ok" => "ok",
            Some(outcome) if outcome == "the group was cancelled" => "cancelled",
            Some(_) => "failed",
        }
    }
}

pub(crate) fn summary(records: &[Arc<Record>]) -> String {
    let mut outcomes = BTreeMap::new();
    let (mut members, mut outputs, mut callbacks) = (0, 0, 0);
    for record in records {
        *outcomes.entry(record.first_outcome()).or_insert(0) += 1;
        members += record.members.made();
        outputs += record.outputs.made();
        callbacks += record.callbacks.made();
    }
    format!("outcomes {outcomes:?}; {members} members, {outputs} outputs, {callbacks} callbacks")
}
