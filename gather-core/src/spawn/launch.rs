//! Creates a group and starts its members.

use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;

use tokio::runtime::Handle;

use super::group::Group;
use super::members::{Launching, SpawnIn, SpawnTree};
use super::pending::{Pending, PendingStarts};
use super::policy::SpawnedPolicy;
use super::shared::{Outputs, SharedGroup};
use super::storage::AtRoot;
use crate::in_task::{LIMIT_OF_ZERO, task};
use crate::observe::{Labels, TaskSpans};
use crate::policy::{Abort, Deadline};
use crate::unwind::catch;

/// `spawn` or `spawn = handle`.
pub struct Spawner {
    runtime: Handle,
    /// The names of the members, where the expansion gives them.
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

/// The allocation that the tasks of a group of the members `N` share.
pub type SharedGroupOf<T, X, N, P, B> =
    SharedGroup<T, X, Option<Outputs<<N as SpawnTree>::Storage, <N as SpawnTree>::Fields, P, B>>>;

/// Schedules every member, or as many as may be in progress at once.
///
/// # Panics
///
/// Where the limit is 0 and a list has an item, and where the runtime has no clock for a `timeout`.
#[track_caller]
pub fn launch<N, P, D, B, T>(
    members: N,
    policy: P,
    spawner: Spawner,
    limit: Option<usize>,
    deadline: D,
    build: B,
) -> Group<T, P::Error>
where
    N: SpawnIn<SharedGroupOf<T, P::Error, N, P, B>, AtRoot, Fields: 'static>,
    P: SpawnedPolicy<Error: Send + 'static> + Send + 'static,
    D: Deadline + Send + 'static,
    B: FnOnce(N::Fields) -> T + Send + 'static,
    T: Send + 'static,
{
    let deadline = D::EVER.then(|| armed(deadline, &spawner.runtime));
    let names = policy.names();
    let spans = TaskSpans::ask(|| spawner.labels.unwrap_or_else(|| Labels::of(names)), || N::MEMBERS);
    let outputs = Outputs { storage: members.storage(), into_fields: N::into_fields, policy, build };
    let pending = PendingStarts::new(limit, N::HAS_DEPENDANTS);
    let group: Arc<SharedGroupOf<T, P::Error, N, P, B>> =
        Arc::new(SharedGroup::new(|| P::aborted(Abort::Cancelled), names, spawner.runtime, pending, Some(outputs)));
    let (limited, plain) = (limit.is_some(), limit.is_none() && !spans.is_on());
    let mut launching = Launching { pending: Pending::default(), limited, plain, spans };
    members.start(&group, &mut 0, &mut launching);
    let Launching { pending, spans, .. } = launching;
    drop(spans);
    if limit.is_some() || N::HAS_DEPENDANTS {
        // Pending members count as alive once.
        group.state.acquire();
        group.pending.set(pending);
        if group.pending.allows_items() {
            group.start_pending();
        } else if catch(|| group.start_pending()).is_err() {
            panic!("{LIMIT_OF_ZERO}");
        }
    }
    // Said by a constant, so that a group without a deadline has no such task compiled.
    if D::EVER
        && let Some(deadline) = deadline
    {
        watch(&group, deadline);
    }
    if group.state.release(None) {
        group.complete();
    }
    Group::new(group as Arc<SharedGroup<T, P::Error>>)
}

/// The clock of a `timeout` runs from here.
fn armed<D: Deadline>(deadline: D, runtime: &Handle) -> Pin<Box<D>> {
    let mut deadline = Box::pin(deadline);
    let _inside = runtime.enter();
    deadline.as_mut().arm();
    deadline
}

/// Spawns the one helper task: it waits for the deadline, or until every member is gone. A group that has failed but is only watched
/// has members that run on: the deadline ends them too. So does a panic of the future of `until`, since nothing else would.
fn watch<T, S, F, P, D, B>(
    group: &Arc<SharedGroup<T, P::Error, Option<Outputs<S, F, P, B>>>>,
    mut deadline: Pin<Box<D>>,
) where
    S: Send + 'static,
    F: 'static,
    P: SpawnedPolicy<Error: Send + 'static> + Send + 'static,
    D: Deadline + Send + 'static,
    B: FnOnce(F) -> T + Send + 'static,
    T: Send + 'static,
{
    let watched = Arc::clone(group);
    group.runtime.spawn(task(async move {
        let mut key = None;
        let passed = std::future::poll_fn(|cx| {
            if watched.state.poll_ended(cx, &mut key).is_ready() {
                return Poll::Ready(None);
            }
            match catch(|| deadline.as_mut().poll(cx)) {
                Ok(polled) => polled.map(|why| Some(Ok(why))),
                Err(panic) => Poll::Ready(Some(Err(panic))),
            }
        })
        .await;
        match passed {
            None => {}
            Some(Ok(why)) => watched.deadline_passed(why),
            Some(Err(panic)) => watched.deadline_panicked(panic),
        }
    }));
}
