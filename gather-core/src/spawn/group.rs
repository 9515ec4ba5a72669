//! The handle of a spawned group, which the user holds.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::ops::Deref;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};

use super::canceller::Canceller;
use super::shared::SharedGroup;
use super::state::ObservedOutcome;
use crate::in_task;
use crate::unwind::quietly;

/// A spawned group: what `gather! { ..; spawn }` gives. Its members run as tasks from that moment on, whether or not
/// anybody awaits them. `X` is [`Exception<E>`](crate::Exception), or [`Exceptions<E>`](crate::Exceptions) with
/// `all_errors`.
///
/// **`.await` owns the group; [`wait`](Self::wait), [`on_done`](Self::on_done) and [`result`](Self::result) only watch it.** When
/// `group.await` yields, `Ok` or `Err`, or is dropped before, none of the members is left running. As long as the group is only
/// watched, or nobody looks at it, members run on after the first error, as in asyncio, but not beyond a deadline. Dropping the handle
/// detaches, as dropping a tokio `JoinHandle` does.
///
/// So awaiting by value waits for every member to be gone, a `JoinHandle` or a spawned group among the members included, and a
/// task of `spawn_blocking`, which tokio cannot stop once it has begun, for as long as that takes. Not to wait for one, keep it out of the
/// group: `async { handle.await }` is a member that ends when it is told to, and leaves the task alone. A deadline (`timeout`,
/// `until`) waits for none of them: they are told to stop, and the group yields as soon as its own tasks are gone. What was left
/// behind by it is waited for by [`finished`](Self::finished) only.
///
/// The first error settles the group; so does [`cancel`](Self::cancel) while it is undecided. What comes first is the outcome
/// and never changes. Members that are told to stop are dropped by the runtime when they would run next, as with
/// [`JoinHandle::abort`](tokio::task::JoinHandle::abort).
///
/// # Examples
///
/// ```
/// use gather::gather;
/// use std::time::Duration;
/// use tokio::time::sleep;
///
/// async fn job(ms: u64) -> Result<u64, &'static str> {
///     sleep(Duration::from_millis(ms)).await;
///     if ms == 13 { Err("no luck") } else { Ok(ms) }
/// }
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() {
/// let group = gather! { a => job(10)?, b => job(20)?; spawn };
/// sleep(Duration::from_millis(100)).await;
/// assert!(group.is_done());
/// let r = group.await.unwrap();
/// assert_eq!((r.a, r.b), (10, 20));
///
/// // Its `slow` member is cancelled: the group is awaited, and so it owns its members.
/// let group = gather! { unlucky => job(13)?, slow => job(5000)?; spawn };
/// let exception = group.await.map(|r| r.unlucky + r.slow).unwrap_err();
/// assert_eq!(exception.to_string(), "member `unlucky` failed: no luck");
/// # }
/// ```
///
/// ```
/// use gather::gather;
/// use std::time::{Duration, Instant};
/// use tokio::task::spawn_blocking;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let start = Instant::now();
/// let blocking = spawn_blocking(|| std::thread::sleep(Duration::from_millis(300)));
/// let group = gather!(async { blocking.await }, async { Err::<u8, _>("no luck") }?; spawn);
/// assert_eq!(group.await.unwrap_err().to_string(), "member `#1` failed: no luck");
/// assert!(start.elapsed() < Duration::from_millis(200)); // the thread sleeps on
/// # }
/// ```
///
/// # Panics
///
/// A panic of a member is its exception. A panic of the future of `until` ends the group: it is its outcome, `Panicked` of no
/// member. The destructor of an outcome that nobody took may panic: that goes no further than the panic hook.
///
/// # Cancel safety
///
/// [`wait`](Self::wait) and [`finished`](Self::finished) may be dropped and called again at any time. Dropping the future of the
/// group itself cancels the group.
pub struct Group<T, X> {
    shared: Arc<SharedGroup<T, X>>,
    /// The outcome, once this handle has looked at it.
    seen: OnceLock<ObservedOutcome<T, X>>,
}

impl<T, X> Group<T, X> {
    pub(super) fn new(shared: Arc<SharedGroup<T, X>>) -> Self {
        Self { shared, seen: OnceLock::new() }
    }

    /// Whether the outcome is settled. Members may still be running after an error that nobody owns: see
    /// [`finished`](Self::finished).
    pub fn is_done(&self) -> bool {
        self.shared.state.is_done()
    }

    /// Whether the settled outcome is the group's own `Cancelled`.
    pub fn is_cancelled(&self) -> bool {
        self.shared.state.is_cancelled()
    }

    /// Asks every unfinished member to stop and returns at once: `true` if there was one, and again until they have been
    /// dropped.
    ///
    /// A group that was undecided fails with `Cancelled`, under `return_exceptions` too, and is done when every member has been
    /// dropped. The outcome of a decided one does not change.
    ///
    /// # Examples
    ///
    /// ```
    /// # use gather::gather;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let group = gather!(std::future::pending::<()>(); spawn);
    /// assert!(group.cancel());
    /// assert!(!group.is_done());
    /// group.wait().await;
    /// assert!(group.is_cancelled());
    /// assert!(!group.cancel());
    /// assert_eq!(group.await.unwrap_err().to_string(), "the group was cancelled");
    /// # }
    /// ```
    pub fn cancel(&self) -> bool {
        self.shared.cancel()
    }

    /// The outcome, once it is settled; `None` before that.
    pub fn result(&self) -> Option<&Result<T, X>> {
        if self.seen.get().is_none() {
            self.shared.state.observe(|seen| {
                // The lock is held, so that no other thread does this.
                let _ = self.seen.set(seen);
            });
        }
        self.seen.get().map(ObservedOutcome::get)
    }

    /// The types of the outcome are `Sync`: callbacks may look at it while the handle does.
    pub(crate) fn set_shared(&self)
    where
        T: Send + Sync + 'static,
        X: Send + Sync + 'static,
    {
        self.shared.state.set_share(|outcome| Arc::new(outcome));
    }

    /// The exception, once the group has failed; `None` before that, and if it succeeded.
    pub fn exception(&self) -> Option<&X> {
        self.result()?.as_ref().err()
    }
}

impl<T: Send + 'static, X: Send + 'static> Group<T, X> {
    /// A handle that cancels the group and asks whether it is done, from anywhere: another task, a thread, a member.
    ///
    /// # Examples
    ///
    /// ```
    /// # use gather::gather;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let group = gather!(std::future::pending::<()>(); spawn);
    /// let canceller = group.canceller();
    /// std::thread::spawn(move || canceller.cancel());
    /// assert!(group.await.unwrap_err().is_cancelled());
    /// # }
    /// ```
    pub fn canceller(&self) -> Canceller {
        Canceller::new(&self.shared)
    }

    /// Calls `f` once with the outcome when it is settled: in the order of registration, before any awaiter wakes, in the task of
    /// the member that settled it. In `f`, [`is_done`](Self::is_done) is true and [`result`](Self::result) is there.
    ///
    /// Never calls `f` right here: in a group that is done already it runs at the next turn of the runtime, or inside the
    /// group's own `.await` before that yields. A panic of `f` disturbs nobody.
    ///
    /// # Examples
    ///
    /// ```
    /// # use gather::gather;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let (sender, receiver) = tokio::sync::oneshot::channel();
    /// let group = gather!(async { 1 }; spawn);
    /// group.on_done(move |result| sender.send(result.is_ok()).unwrap());
    /// drop(group);
    /// assert!(receiver.await.unwrap());
    /// # }
    /// ```
    pub fn on_done(&self, f: impl FnOnce(&Result<T, X>) + Send + 'static)
    where
        T: Sync,
        X: Sync,
    {
        self.set_shared();
        if self.shared.state.add_callback(Box::new(f)) {
            let shared = Arc::clone(&self.shared);
            self.shared.runtime.spawn(in_task::task(async move { shared.state.announce_late() }));
        }
    }

    /// Waits until the group is done and its callbacks have run, observing only: dropping this cancels nothing (asyncio's
    /// `shield`), and after an error members run on.
    pub fn wait(&self) -> impl Future<Output = ()> + Send + 'static + use<T, X> {
        self.observing(|shared, cx, key| shared.state.poll_announced(cx, key))
    }

    /// Waits until the group is done and no member is left running, those that a deadline has left behind included, observing only.
    pub fn finished(&self) -> impl Future<Output = ()> + Send + 'static + use<T, X> {
        self.observing(|shared, cx, key| shared.state.poll_finished(cx, key))
    }

    fn observing(&self, poll: PollShared<T, X>) -> Observing<T, X> {
        Observing { shared: Arc::clone(&self.shared), key: None, poll }
    }

    /// A guard that cancels the group when it is dropped, and can be awaited like the group.
    ///
    /// # Examples
    ///
    /// ```
    /// # use gather::gather;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let guard = gather!(std::future::pending::<()>(); spawn).abort_on_drop();
    /// let canceller = guard.canceller();
    /// drop(guard);
    /// while !canceller.is_done() {
    ///     tokio::task::yield_now().await;
    /// }
    /// # }
    /// ```
    pub fn abort_on_drop(self) -> AbortOnDrop<T, X> {
        AbortOnDrop { group: Some(self) }
    }
}

impl<T, X> Group<T, X> {
    /// Takes the outcome that this handle has looked at. Callbacks that came after that can only be called with what it has.
    fn take_seen(&mut self) -> Option<ObservedOutcome<T, X>> {
        let seen = self.seen.take()?;
        for callback in self.shared.state.callbacks_for_handle() {
            quietly(|| callback(seen.get()));
        }
        Some(seen)
    }
}

impl<T, X> Drop for Group<T, X> {
    fn drop(&mut self) {
        // Nobody has taken the outcome: a panic of its destructor goes no further, as with a `JoinHandle`.
        let seen = self.take_seen();
        quietly(|| drop(seen));
    }
}

impl<T: Send + 'static, X: Send + 'static> IntoFuture for Group<T, X> {
    type Output = Result<T, X>;
    type IntoFuture = GroupFuture<T, X>;
    fn into_future(self) -> GroupFuture<T, X> {
        GroupFuture { group: Some(self), key: None }
    }
}

impl<T, X> fmt::Debug for Group<T, X> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Group").field("done", &self.is_done()).field("cancelled", &self.is_cancelled()).finish()
    }
}

/// The future of a [`Group`] that is awaited by value: it owns the members.
///
/// # Cancel safety
///
/// Dropping it before it has yielded cancels the group. To look on instead, use [`Group::wait`].
///
/// # Panics
///
/// When it is polled after it has yielded.
#[must_use = "dropping the future of a group cancels the group: add `.await`"]
pub struct GroupFuture<T, X> {
    /// Empty once it has yielded.
    group: Option<Group<T, X>>,
    key: Option<usize>,
}

// Nothing in it is pinned.
impl<T, X> Unpin for GroupFuture<T, X> {}

impl<T, X> GroupFuture<T, X> {
    /// Moves it out of here. What is left is not polled any more.
    pub(crate) fn detach(&mut self) -> Self {
        Self { group: self.group.take(), key: self.key.take() }
    }
}

impl<T, X> Future for GroupFuture<T, X> {
    type Output = Result<T, X>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        let group = this.group.as_ref().expect("a spawned group was polled after it had yielded");
        if group.is_done() {
            // Ownership is claimed here and not where the error is found, so that siblings due in the same turn come to their end.
            group.shared.state.claim_ownership();
        }
        if group.shared.state.poll_owned(cx, &mut this.key).is_pending() {
            return Poll::Pending;
        }
        let Some(mut group) = this.group.take() else { return Poll::Pending };
        let seen = group.take_seen();
        let outcome = group.shared.state.take(seen);
        Poll::Ready(
            outcome.unwrap_or_else(|| unreachable!("only the handle takes the outcome, and callbacks are over")),
        )
    }
}

impl<T, X> Drop for GroupFuture<T, X> {
    fn drop(&mut self) {
        if let Some(group) = &self.group {
            if let Some(key) = self.key {
                group.shared.state.forget(key);
            }
            group.cancel();
        }
    }
}

struct Observing<T, X> {
    shared: Arc<SharedGroup<T, X>>,
    key: Option<usize>,
    poll: PollShared<T, X>,
}

type PollShared<T, X> = fn(&SharedGroup<T, X>, &mut Context<'_>, &mut Option<usize>) -> Poll<()>;

impl<T, X> Future for Observing<T, X> {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = &mut *self;
        (this.poll)(&this.shared, cx, &mut this.key)
    }
}

impl<T, X> Drop for Observing<T, X> {
    fn drop(&mut self) {
        if let Some(key) = self.key {
            self.shared.state.forget(key);
        }
    }
}

/// A [`Group`] that is cancelled when this is dropped: see [`Group::abort_on_drop`]. It derefs to the group, so that all
/// methods that look on are there, and is awaited like it.
#[must_use = "dropping this guard cancels the group"]
pub struct AbortOnDrop<T, X> {
    /// Empty once it is awaited.
    group: Option<Group<T, X>>,
}

impl<T, X> Deref for AbortOnDrop<T, X> {
    type Target = Group<T, X>;
    fn deref(&self) -> &Group<T, X> {
        self.group.as_ref().unwrap_or_else(|| unreachable!("it is taken by value only"))
    }
}

impl<T: Send + 'static, X: Send + 'static> IntoFuture for AbortOnDrop<T, X> {
    type Output = Result<T, X>;
    type IntoFuture = GroupFuture<T, X>;
    fn into_future(mut self) -> GroupFuture<T, X> {
        let group = self.group.take().unwrap_or_else(|| unreachable!("it is taken by value only"));
        group.into_future()
    }
}

impl<T, X> Drop for AbortOnDrop<T, X> {
    fn drop(&mut self) {
        if let Some(group) = &self.group {
            group.cancel();
        }
    }
}

impl<T, X> fmt::Debug for AbortOnDrop<T, X> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("AbortOnDrop").field(&self.group).finish()
    }
}
