//! Creating a group and starting its members.

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use tokio::runtime::Handle;

use super::crew::{Crew, CrewOf, Whole};
use super::data::{Data, Discard, Work};
use super::handle::Group;
use super::queue::Line;
use crate::exception::Panic;
use crate::in_task::LIMIT_OF_ZERO;
use crate::observe::{Labels, TaskSpans};
use crate::policy::StopReason;
use crate::spawn::policy::Cancellable;

/// The data of a group of `N`s.
pub type DataOf<T, X, N, V, B> = Data<T, X, Option<Work<<N as Crew>::Slots, <N as Crew>::Fields, V, B>>>;

/// `spawn` or `spawn = handle`.
pub struct Spawner {
    runtime: Handle,
    /// What the members are called, where the expansion says so.
    labels: Option<Labels>,
}

impl Spawner {
    /// On the runtime that this runs in.
    #[track_caller]
    pub(crate) fn current() -> Self {
        let Ok(handle) = Handle::try_current() else {
            panic!(
                "a spawned `gather!` group needs a tokio runtime: create it inside one (`#[tokio::main]`, `#[tokio::test]`, \
                 `Runtime::block_on`), or name one with `spawn = handle`"
            )
        };
        Self::on(handle)
    }

    pub(crate) fn on(handle: Handle) -> Self {
        Self { runtime: handle, labels: None }
    }

    pub(crate) fn labelled(self, labels: Labels) -> Self {
        Self { labels: Some(labels), ..self }
    }
}

/// What ends the group before its members have ended.
pub trait Ending {
    /// `None`: nothing does. Called inside the runtime of the group. It may panic.
    fn run(self) -> Option<impl Future<Output = StopReason> + Send + 'static>;
}

pub struct NoEnding;
pub struct TimeoutEnding(pub(crate) Duration);
pub struct UntilEnding<F>(pub(crate) F);
pub struct EitherEnding<A, B>(pub(crate) A, pub(crate) B);

impl Ending for NoEnding {
    fn run(self) -> Option<impl Future<Output = StopReason> + Send + 'static> {
        None::<std::future::Ready<StopReason>>
    }
}

impl Ending for TimeoutEnding {
    fn run(self) -> Option<impl Future<Output = StopReason> + Send + 'static> {
        // Made here, where a runtime without a clock panics before anybody.
        let sleep = tokio::time::sleep(self.0);
        Some(async move {
            sleep.await;
            StopReason::TimedOut
        })
    }
}

impl<F: Future + Send + 'static> Ending for UntilEnding<F> {
    fn run(self) -> Option<impl Future<Output = StopReason> + Send + 'static> {
        Some(async move {
            self.0.await;
            StopReason::Cancelled
        })
    }
}

impl<A: Ending, B: Ending> Ending for EitherEnding<A, B> {
    fn run(self) -> Option<impl Future<Output = StopReason> + Send + 'static> {
        let (a, b) = (self.0.run(), self.1.run());
        Some(async move {
            let (mut a, mut b) = (std::pin::pin!(a), std::pin::pin!(b));
            std::future::poll_fn(|cx| {
                for ending in [a.as_mut().as_pin_mut().map(|a| a.poll(cx)), b.as_mut().as_pin_mut().map(|b| b.poll(cx))]
                {
                    if let Some(Poll::Ready(why)) = ending {
                        return Poll::Ready(why);
                    }
                }
                Poll::Pending
            })
            .await
        })
    }
}

/// Schedules every member, or as many as may be in progress at once.
///
/// # Panics
///
/// Where the limit is 0 and a list has an item.
#[track_caller]
pub fn launch<N, V, E, B, T>(
    crew: N,
    verdict: V,
    spawner: Spawner,
    places: Option<usize>,
    ending: E,
    build: B,
) -> Group<T, V::Error>
where
    N: CrewOf<DataOf<T, V::Error, N, V, B>, Whole>,
    N::Fields: 'static,
    V: Cancellable + Send + 'static,
    V::Error: Send + 'static,
    E: Ending,
    B: FnOnce(N::Fields) -> T + Send + 'static,
    T: Send + 'static,
{
    let ending = {
        let _inside = spawner.runtime.enter();
        ending.run()
    };
    let names = verdict.names();
    let spans = TaskSpans::ask(|| spawner.labels.unwrap_or_else(|| Labels::of(names)), || N::MEMBERS);
    let work = Work { slots: crew.slots(), fields: N::fields, verdict, build };
    let data: Arc<DataOf<T, V::Error, N, V, B>> = Arc::new(Data::new(
        V::cancelled,
        names,
        spans.downgrade(),
        spawner.runtime,
        Line::new(places, N::WAITS),
        Some(work),
    ));
    let mut position = 0;
    if places.is_some() || N::WAITS {
        data.core.hold();
        let start = if places.is_some() { N::queue } else { N::start };
        data.line.put(Box::new(start(crew, &data, &mut position)));
        if data.line.admits() {
            data.fill();
        } else if let Err(payload) = catch_unwind(AssertUnwindSafe(|| data.fill())) {
            drop(payload);
            panic!("{LIMIT_OF_ZERO}");
        }
    } else {
        crew.start(&data, &mut position);
    }
    if let Some(ending) = ending {
        watch(&data, ending);
    }
    if data.core.leave(None) {
        data.complete();
    }
    Group::new(data as Arc<Data<T, V::Error, dyn Discard>>)
}

/// The one helper task: waits for the deadline, or for the end of the group. A panic of what it waits for ends the group too: nothing
/// else would.
fn watch<S, F, V, B, T>(
    data: &Arc<Data<T, V::Error, Option<Work<S, F, V, B>>>>,
    ending: impl Future<Output = StopReason> + Send + 'static,
) where
    S: Send + 'static,
    F: 'static,
    V: Cancellable + Send + 'static,
    V::Error: Send + 'static,
    B: FnOnce(F) -> T + Send + 'static,
    T: Send + 'static,
{
    let watched = Arc::clone(data);
    data.runtime.spawn(async move {
        let mut ending = std::pin::pin!(ending);
        let mut key = None;
        let come = std::future::poll_fn(|cx| {
            if watched.core.poll_announced(cx, &mut key).is_ready() {
                return Poll::Ready(None);
            }
            match catch_unwind(AssertUnwindSafe(|| ending.as_mut().poll(cx))) {
                Ok(polled) => polled.map(|why| Some(Ok(why))),
                Err(payload) => Poll::Ready(Some(Err(Panic::from_payload(payload)))),
            }
        })
        .await;
        match come {
            None => {}
            Some(Ok(why)) => watched.stop(why),
            Some(Err(panic)) => watched.fail(panic),
        }
    });
}
