//! Without the feature `tracing`: types that hold nothing, and functions that do nothing.

use core::marker::PhantomData;

use super::{KeyText, Outcome, Roster};
use crate::member::MemberId;

pub struct Observer;

impl Observer {
    pub const NONE: Self = Self;

    #[inline(always)]
    pub fn watch(&self) -> Watch<'_> {
        Watch(PhantomData)
    }
    #[inline(always)]
    pub fn is_on(&self) -> bool {
        false
    }
    #[inline(always)]
    pub fn drop_items(&self, _position: usize, _first: usize) {}
}

#[derive(Clone, Copy)]
pub struct Watch<'a>(PhantomData<&'a ()>);

impl<'a> Watch<'a> {
    pub const NONE: Self = Self(PhantomData);

    #[inline(always)]
    pub fn stop(self, _: &MemberId, _key: impl FnOnce() -> KeyText) -> Polling<'a> {
        Polling(self)
    }
    #[inline(always)]
    pub fn ended(self, _: &MemberId, _: Outcome) {}
    #[inline(always)]
    pub fn make(self, _: &MemberId) -> Making {
        Making
    }
    #[inline(always)]
    pub fn made(self, _: &MemberId, _announce: impl FnOnce(&mut dyn Roster)) {}
}

#[must_use]
pub struct Polling<'a>(#[allow(dead_code, reason = "for its lifetime")] Watch<'a>);

impl Polling<'_> {
    #[inline(always)]
    pub fn done(self, _outcome: impl FnOnce() -> Option<Outcome>) {}
}

#[must_use]
pub struct Making;

impl Making {
    #[inline(always)]
    pub fn done(self) {}
}

#[cfg(feature = "tokio")]
pub use spawned::{NoSpan, TaskSpan, TaskSpans};

#[cfg(feature = "tokio")]
mod spawned {
    use std::future::Future;

    use tokio::runtime::Handle;
    use tokio::task::JoinHandle;

    use crate::observe::{Labels, Observable, Outcome, SpawnWith, Unobserved};

    #[derive(Clone)]
    pub struct TaskSpans;

    impl TaskSpans {
        #[inline(always)]
        pub fn ask(_labels: impl FnOnce() -> Labels, _members: impl FnOnce() -> usize) -> Self {
            Self
        }
        #[inline(always)]
        pub fn is_on(&self) -> bool {
            false
        }
        #[inline(always)]
        pub fn member(&self, _position: usize, _item: Option<usize>, _waits: bool) -> TaskSpan {
            TaskSpan
        }
    }

    pub struct TaskSpan;
    pub use TaskSpan as NoSpan;

    impl TaskSpan {
        #[inline(always)]
        pub fn take(&mut self) -> Self {
            Self
        }
        #[inline(always)]
        pub fn end(&mut self, _outcome: impl FnOnce() -> Outcome) {}
        #[inline(always)]
        pub fn forget(&mut self) {}
    }

    impl SpawnWith for TaskSpan {
        #[inline(always)]
        fn spawn<M, F>(
            self,
            runtime: &Handle,
            member: M,
            unobserved: impl FnOnce(M::Task<Unobserved>) -> F,
        ) -> JoinHandle<M::Output>
        where
            M: Observable,
            F: Future<Output = M::Output> + Send + 'static,
        {
            runtime.spawn(unobserved(member.task(Unobserved)))
        }
    }
}
