//! Subscribers that want less.

#![allow(unused_must_use, reason = "what is recorded matters here, not what the groups give")]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use gather::gather;
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::Interest;
use tracing::{Event, Level, Metadata, Subscriber};
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::registry;

use super::good;
use super::recorder::Recorder;

/// Wants nothing, and counts how often it was asked whether it does.
struct Asked(Arc<AtomicUsize>);

impl Subscriber for Asked {
    fn register_callsite(&self, _: &'static Metadata<'static>) -> Interest {
        Interest::sometimes()
    }
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        assert_eq!((metadata.target(), *metadata.level()), ("gather", Level::DEBUG));
        self.0.fetch_add(1, Ordering::Relaxed);
        false
    }
    fn new_span(&self, _: &Attributes<'_>) -> Id {
        unreachable!("it wants none")
    }
    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, _: &Event<'_>) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

#[test]
fn a_subscriber_is_asked_once_for_each_group() {
    let count = Arc::new(AtomicUsize::new(0));
    let _guard = tracing::subscriber::set_default(Asked(Arc::clone(&count)));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        gather!(good(1, 1), good(2, 2), *(0..100).map(|i| good(i % 3, i))).await;
        assert_eq!(count.load(Ordering::Relaxed), 1);
        gather!(*(0..100).map(|i| good(i % 3, i)); limit = 3).await;
        assert_eq!(count.load(Ordering::Relaxed), 2);
        gather!(good(1, 1), *(0..100).map(|i| good(i % 3, i)); spawn).await.unwrap();
        assert_eq!(count.load(Ordering::Relaxed), 3);
    });
}

#[test]
fn members_without_their_group() {
    let recorder = Recorder::default();
    let filter = filter_fn(|metadata| metadata.name() != "group");
    let _guard = tracing::subscriber::set_default(registry().with(filter).with(recorder.clone()));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async { gather!(good(0, 1), good(1, 2)).await });
    assert!(recorder.take().is_empty(), "the question was about the group");
}

#[test]
fn a_group_without_its_members() {
    let recorder = Recorder::default();
    let filter = filter_fn(|metadata| metadata.name() != "member");
    let _guard = tracing::subscriber::set_default(registry().with(filter).with(recorder.clone()));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async { gather!(good(0, 1), good(1, 2); spawn).await }).unwrap();
    assert_eq!(recorder.lines(), ["group of 2, none"]);
}

#[test]
fn one_at_a_higher_level() {
    let recorder = Recorder::default();
    let filter = tracing_subscriber::filter::LevelFilter::INFO;
    let _guard = tracing::subscriber::set_default(registry().with(filter).with(recorder.clone()));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async { gather!(good(0, 1), good(1, 2)).await });
    assert!(recorder.take().is_empty());
}

/// A group that begins under one subscriber and goes on under none: its spans are the first one's all the same.
#[test]
fn a_group_stays_with_its_subscriber() {
    let recorder = Recorder::default();
    let group = gather! { a => good(0, 1), b => async { tokio::task::yield_now().await }, c => |b| async { () = *b; } };
    let mut group = Box::pin(group);
    let dispatch = tracing::Dispatch::new(registry().with(recorder.clone()));
    tracing::dispatcher::with_default(&dispatch, || {
        assert!(futures::FutureExt::now_or_never(&mut group).is_none());
    });
    assert!(futures::FutureExt::now_or_never(group).is_some());
    assert_eq!(
        recorder.lines(),
        [
            "group of 3, none",
            "group > a, 1 polls: ok",
            "group > b, 2 polls: ok",
            "group > c after b, waited, 1 polls: ok",
        ]
    );
}
