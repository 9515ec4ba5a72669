use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

/// A waker that only counts.
#[derive(Default)]
pub(crate) struct CountingWaker(AtomicUsize);

impl CountingWaker {
    pub(crate) fn new() -> Arc<Self> {
        Arc::default()
    }

    /// How often it was woken.
    pub(crate) fn count(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }
}

impl Wake for CountingWaker {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

/// Polls once.
pub(crate) fn poll<F: Future + ?Sized>(
    future: &mut Pin<impl std::ops::DerefMut<Target = F>>,
    waker: &Arc<CountingWaker>,
) -> Poll<F::Output> {
    let waker = Waker::from(Arc::clone(waker));
    future.as_mut().poll(&mut Context::from_waker(&waker))
}

/// An executor without a queue, for one thread: it polls its future inside `wake`.
pub(crate) struct Inline {
    future: Mutex<Option<Pin<Box<dyn Future<Output = ()> + Send>>>>,
    woken: AtomicBool,
}

impl Inline {
    pub(crate) fn start(future: impl Future<Output = ()> + Send + 'static) -> Arc<Self> {
        let executor = Arc::new(Self { future: Mutex::new(Some(Box::pin(future))), woken: AtomicBool::new(false) });
        executor.wake_by_ref();
        executor
    }

    pub(crate) fn is_done(&self) -> bool {
        self.future.lock().expect("no panic in poll").is_none()
    }
}

impl Wake for Inline {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.woken.store(true, Ordering::SeqCst);
        // A wake during the poll finds the lock taken; the loop below sees it.
        while let Ok(mut future) = self.future.try_lock() {
            if !self.woken.swap(false, Ordering::SeqCst) {
                break;
            }
            if let Some(running) = &mut *future {
                let waker = Waker::from(Arc::clone(self));
                if running.as_mut().poll(&mut Context::from_waker(&waker)).is_ready() {
                    *future = None;
                }
            }
        }
    }
}
