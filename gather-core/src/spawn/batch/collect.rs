//! The outputs of a batch whose items have ended.

use std::future::Future;
use std::iter::Peekable;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use std::vec;

use tokio::task::JoinHandle;

use super::Batch;

/// A task that gives the output of its item; `None` where that is elsewhere, or nobody will see it.
pub(super) type ItemTask<T> = JoinHandle<Option<T>>;

/// Takes the outputs out of the tasks. Every item has ended, and most often its task too; on another thread a task may still be a
/// few instructions away from storing its output.
pub(super) struct CollectOutputs<T> {
    tasks: vec::IntoIter<Option<ItemTask<T>>>,
    /// Outputs that are not in tasks, in item order.
    elsewhere: Peekable<vec::IntoIter<(usize, T)>>,
    /// Outputs that [`poll`](Self::poll) has taken.
    outputs: Vec<T>,
    item: usize,
}

fn poll_output<T>(task: &mut Option<ItemTask<T>>, cx: &mut Context<'_>) -> Poll<Option<T>> {
    match task {
        Some(task) => Pin::new(task).poll(cx).map(|output| output.ok().flatten()),
        None => Poll::Ready(None),
    }
}

impl<T> CollectOutputs<T> {
    pub(super) fn new(tasks: Vec<Option<ItemTask<T>>>, elsewhere: Vec<(usize, T)>) -> Self {
        Self { tasks: tasks.into_iter(), elsewhere: elsewhere.into_iter().peekable(), outputs: Vec::new(), item: 0 }
    }

    /// The outputs, if all tasks have ended.
    pub(super) fn now(self) -> Result<Vec<T>, Self> {
        if !self.tasks.as_slice().iter().flatten().all(ItemTask::is_finished) {
            return Err(self);
        }
        // A task's budget is no reason to wait.
        let all = pin!(tokio::task::unconstrained(async { self.all() }));
        match all.poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(outputs) => Ok(outputs),
            Poll::Pending => unreachable!("it does not await"),
        }
    }

    /// Outputs as large as a task handle take the place of the handles.
    fn all(self) -> Vec<T> {
        let Self { tasks, mut elsewhere, .. } = self;
        let count = tasks.len();
        let mut cx = Context::from_waker(Waker::noop());
        let each = tasks.enumerate().filter_map(|(item, mut task)| match poll_output(&mut task, &mut cx) {
            Poll::Ready(output) => output.or_else(|| Some(elsewhere.next_if(|(of, _)| *of == item)?.1)),
            Poll::Pending => unreachable!("it has finished"),
        });
        let mut outputs = if size_of::<T>() == size_of::<ItemTask<T>>() {
            each.collect()
        } else {
            let mut outputs = Vec::with_capacity(count);
            outputs.extend(each);
            outputs
        };
        outputs.extend(elsewhere.map(|(_, field)| field));
        outputs
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        self.outputs.reserve_exact(self.tasks.len());
        while let Some(task) = self.tasks.as_mut_slice().first_mut() {
            let Poll::Ready(output) = poll_output(task, cx) else { return Poll::Pending };
            drop(self.tasks.next());
            let item = self.item;
            self.item += 1;
            self.outputs.extend(output.or_else(|| Some(self.elsewhere.next_if(|(of, _)| *of == item)?.1)));
        }
        Poll::Ready(())
    }

    /// The outputs that were taken so far, and those that are not in tasks.
    fn into_outputs(mut self) -> Vec<T> {
        self.outputs.extend(self.elsewhere.map(|(_, field)| field));
        self.outputs
    }
}

/// Waits for the last tasks, and completes the batch.
pub(super) struct CollectTask<T: Send + 'static, X: 'static> {
    /// Empty once it is complete.
    work: Option<(CollectOutputs<T>, Batch<T, X>)>,
}

impl<T: Send + 'static, X: 'static> CollectTask<T, X> {
    pub(super) fn new(outputs: CollectOutputs<T>, batch: Batch<T, X>) -> Self {
        Self { work: Some((outputs, batch)) }
    }

    fn end(&mut self) {
        if let Some((outputs, batch)) = self.work.take() {
            batch.complete(outputs.into_outputs());
        }
    }
}

// Nothing in it is pinned.
impl<T: Send + 'static, X: 'static> Unpin for CollectTask<T, X> {}

impl<T: Send + 'static, X: 'static> Future for CollectTask<T, X> {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if let Some((outputs, _)) = &mut self.work
            && outputs.poll(cx).is_pending()
        {
            return Poll::Pending;
        }
        self.end();
        Poll::Ready(())
    }
}

impl<T: Send + 'static, X: 'static> Drop for CollectTask<T, X> {
    fn drop(&mut self) {
        if let Some((_, batch)) = &self.work {
            // The runtime is gone, and outputs with it.
            batch.group.cancel();
            self.end();
        }
    }
}
