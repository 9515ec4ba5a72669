//! Picking up the fields of a batch whose items have ended.

use std::future::Future;
use std::iter::Peekable;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use std::vec;

use super::Batch;
use super::fields::ItemTask;

/// Every item has left the batch, and most often its task is over too. On another thread it may still be on its way to put its
/// output down, a few instructions later.
pub(super) struct Picking<T> {
    tasks: vec::IntoIter<Option<ItemTask<T>>>,
    /// In item order.
    kept: Peekable<vec::IntoIter<(usize, T)>>,
    /// What was picked up one by one.
    fields: Vec<T>,
    item: usize,
}

fn poll_output<T>(task: &mut Option<ItemTask<T>>, cx: &mut Context<'_>) -> Poll<Option<T>> {
    match task {
        Some(task) => Pin::new(task).poll(cx).map(|output| output.ok().flatten()),
        None => Poll::Ready(None),
    }
}

impl<T> Picking<T> {
    pub(super) fn new(tasks: Vec<Option<ItemTask<T>>>, kept: Vec<(usize, T)>) -> Self {
        Self { tasks: tasks.into_iter(), kept: kept.into_iter().peekable(), fields: Vec::new(), item: 0 }
    }

    /// The fields, if all are there.
    pub(super) fn now(self) -> Result<Vec<T>, Self> {
        if !self.tasks.as_slice().iter().flatten().all(ItemTask::is_finished) {
            return Err(self);
        }
        // A task's budget is no reason to wait.
        let all = pin!(tokio::task::unconstrained(async { self.all() }));
        match all.poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(fields) => Ok(fields),
            Poll::Pending => unreachable!("it does not await"),
        }
    }

    /// Fields as large as a handle take the place of the handles.
    fn all(self) -> Vec<T> {
        let Self { tasks, mut kept, .. } = self;
        let count = tasks.len();
        let mut cx = Context::from_waker(Waker::noop());
        let each = tasks.enumerate().filter_map(|(item, mut task)| match poll_output(&mut task, &mut cx) {
            Poll::Ready(output) => output.or_else(|| Some(kept.next_if(|(of, _)| *of == item)?.1)),
            Poll::Pending => unreachable!("it has finished"),
        });
        let mut fields = if size_of::<T>() == size_of::<ItemTask<T>>() {
            each.collect()
        } else {
            let mut fields = Vec::with_capacity(count);
            fields.extend(each);
            fields
        };
        fields.extend(kept.map(|(_, field)| field));
        fields
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        self.fields.reserve_exact(self.tasks.len());
        while let Some(task) = self.tasks.as_mut_slice().first_mut() {
            let Poll::Ready(output) = poll_output(task, cx) else { return Poll::Pending };
            drop(self.tasks.next());
            let item = self.item;
            self.item += 1;
            self.fields.extend(output.or_else(|| Some(self.kept.next_if(|(of, _)| *of == item)?.1)));
        }
        Poll::Ready(())
    }

    /// Those that were picked up so far, and what is left without a task.
    fn into_fields(mut self) -> Vec<T> {
        self.fields.extend(self.kept.map(|(_, field)| field));
        self.fields
    }
}

/// Picks up what was not there yet, and completes the batch.
pub(super) struct PickingTask<T: Send + 'static, X: 'static> {
    /// Empty once it is complete.
    work: Option<(Picking<T>, Batch<T, X>)>,
}

impl<T: Send + 'static, X: 'static> PickingTask<T, X> {
    pub(super) fn new(picking: Picking<T>, batch: Batch<T, X>) -> Self {
        Self { work: Some((picking, batch)) }
    }

    fn end(&mut self) {
        if let Some((picking, batch)) = self.work.take() {
            batch.complete(picking.into_fields());
        }
    }
}

// Nothing in it is pinned.
impl<T: Send + 'static, X: 'static> Unpin for PickingTask<T, X> {}

impl<T: Send + 'static, X: 'static> Future for PickingTask<T, X> {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if let Some((picking, _)) = &mut self.work
            && picking.poll(cx).is_pending()
        {
            return Poll::Pending;
        }
        self.end();
        Poll::Ready(())
    }
}

impl<T: Send + 'static, X: 'static> Drop for PickingTask<T, X> {
    fn drop(&mut self) {
        if let Some((_, batch)) = &self.work {
            // The runtime is gone, and fields with it.
            batch.hub.cancel();
            self.end();
        }
    }
}
