//! Where a single member is kept: in its group, or on the heap.
//!
//! `docs/decisions/heap_in_debug_builds.md` says why.
//!
//! Without optimisation rustc copies whatever is passed by value, and keeps every copy on the stack: a group of large members would
//! need many times their bytes while it is made. So where debug assertions are on, a member is moved to the heap by the first fn
//! that it is handed to, and what is passed on is a pointer. In a build without them, or without std, nothing is on the heap.
//!
//! How this crate is compiled decides it, once, and never an expansion: a profile may compile the two differently.
//! `--cfg gather_members="boxed"` and `--cfg gather_members="in_place"` in `RUSTFLAGS` decide otherwise, for tests.

use core::pin::Pin;

#[cfg(any(gather_members = "boxed", all(debug_assertions, feature = "std", not(gather_members = "in_place"))))]
pub use boxed::*;
#[cfg(not(any(
    gather_members = "boxed",
    all(debug_assertions, feature = "std", not(gather_members = "in_place"))
)))]
pub use in_place::*;

/// Whether members are on the heap: for tests of what is allocated.
pub const ON_THE_HEAP: bool =
    cfg!(any(gather_members = "boxed", all(debug_assertions, feature = "std", not(gather_members = "in_place"))));

/// Holds a future `F`, which is pinned where this is.
pub trait Storage<F> {
    fn future(self: Pin<&mut Self>) -> Pin<&mut F>;
    /// The future, which is not pinned yet.
    #[cfg(feature = "tokio")]
    fn get(&self) -> &F;
}

impl<F> Storage<F> for F {
    #[inline(always)]
    fn future(self: Pin<&mut Self>) -> Pin<&mut F> {
        self
    }
    #[cfg(feature = "tokio")]
    fn get(&self) -> &F {
        self
    }
}

#[cfg(any(gather_members = "boxed", all(debug_assertions, feature = "std", not(gather_members = "in_place"))))]
mod boxed {
    use alloc::boxed::Box;
    use core::future::Future;
    use core::marker::PhantomData;
    use core::pin::Pin;
    use core::task::{Context, Poll};

    use super::Storage;

    /// A value on the heap. [`Unpin`] and all other auto traits are those of the value, as they are in place: a program that
    /// compiles with one storage compiles with the other.
    pub struct Stored<T> {
        value: Box<T>,
        like: PhantomData<T>,
    }

    // These impls let rustc reach the value in one step: it gives up after a number of steps inside each other.
    // SAFETY: this owns the value, as a box does.
    unsafe impl<T: Send> Send for Stored<T> {}
    // SAFETY: as above.
    unsafe impl<T: Sync> Sync for Stored<T> {}

    impl<F: Future> Future for Stored<F> {
        type Output = F::Output;
        fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
            pinned(self).poll(cx)
        }
    }

    impl<F> Storage<F> for Stored<F> {
        fn future(self: Pin<&mut Self>) -> Pin<&mut F> {
            pinned(self)
        }
        #[cfg(feature = "tokio")]
        fn get(&self) -> &F {
            &self.value
        }
    }

    #[inline]
    pub fn pinned<T>(stored: Pin<&mut Stored<T>>) -> Pin<&mut T> {
        // SAFETY: what is pinned is not moved out of, a box does not move what it holds, and drops it where it is.
        unsafe { stored.map_unchecked_mut(|stored| &mut *stored.value) }
    }

    impl<T> Stored<T> {
        #[inline]
        pub(crate) fn new(value: Box<T>) -> Self {
            Self { value, like: PhantomData }
        }
    }

    /// Stores a value. A macro, since each fn that the value is handed to would copy it once more.
    macro_rules! store {
        ($value:expr) => {
            $crate::in_task::Stored::new(::alloc::boxed::Box::new($value))
        };
    }
    pub(crate) use store;

    /// A group on the heap. Which auto traits it has is said where groups are, in one step.
    #[must_use = "a group does nothing until it is awaited: add `.await`, or `; spawn` to run it as tasks"]
    pub struct StoredGroup<T>(Stored<T>);

    impl<F: Future> Future for StoredGroup<F> {
        type Output = F::Output;
        #[inline]
        fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
            // SAFETY: what is stored is pinned with the group that it is the field of.
            pinned(unsafe { self.map_unchecked_mut(|group| &mut group.0) }).poll(cx)
        }
    }

    impl<T> StoredGroup<T> {
        #[inline]
        pub(crate) fn of(value: Box<T>) -> Self {
            Self(Stored::new(value))
        }
    }

    /// Stores a group.
    macro_rules! store_group {
        ($value:expr) => {
            $crate::in_task::storage::StoredGroup::of(::alloc::boxed::Box::new($value))
        };
    }
    pub(crate) use store_group;

    #[inline]
    pub fn into_inner<T>(stored: Stored<T>) -> T {
        *stored.value
    }

    /// The task of a member as the runtime gets it. Its type is erased, so that the hundred functions that tokio has for each type of task
    /// are compiled once and not for each member: they were half of what a build of many spawned groups compiled.
    #[cfg(feature = "tokio")]
    pub fn task(task: impl Future<Output = ()> + Send + 'static) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(task)
    }
}

#[cfg(not(any(gather_members = "boxed", all(debug_assertions, feature = "std", not(gather_members = "in_place")))))]
mod in_place {
    use core::pin::Pin;

    pub type Stored<T> = T;

    macro_rules! store {
        ($value:expr) => {
            $value
        };
    }
    pub(crate) use store;

    /// A group in place is no type of its own: rustc computes the layout of groups that are written in each other in one go, and gives up
    /// after a number of types.
    pub type StoredGroup<T> = T;

    macro_rules! store_group {
        ($value:expr) => {
            $value
        };
    }
    pub(crate) use store_group;

    #[inline(always)]
    pub fn into_inner<T>(stored: T) -> T {
        stored
    }

    #[inline(always)]
    pub fn pinned<T>(stored: Pin<&mut T>) -> Pin<&mut T> {
        stored
    }

    #[cfg(feature = "tokio")]
    pub fn task<F>(task: F) -> F {
        task
    }
}
