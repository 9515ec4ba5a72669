//! Groups that somebody observes, and groups that nobody does, are polled by copies of the same code.
//!
//! The code of a sweep asks at each poll of a member whether it is observed. The answer is part of the type of the policy: with the
//! policy of the group itself it is no, with [`Observed`] it is yes, and the compiler leaves out what is not needed. So a group
//! that nobody observes asks once for each sweep, in [`Members::sweep`](super::members::Members::sweep).
//!
//! Without the feature `tracing` there is the first copy only: `Observed<V>` is `V`.

#[cfg(feature = "tracing")]
pub use policy::Observed;
#[cfg(not(feature = "tracing"))]
pub type Observed<V> = V;

use super::sweep::PollNode;

/// A node whose members can be polled, observed or not.
pub trait PollNodes<V>: PollNode<V> + PollNode<Observed<V>> {}
impl<V, N: PollNode<V> + PollNode<Observed<V>>> PollNodes<V> for N {}

#[cfg(feature = "tracing")]
mod policy {

    use crate::exception::{Exception, ExceptionKind};
    use crate::member::{MemberId, MemberNames};
    use crate::policy::{Abort, GroupPolicy, KeyedFailure, MemberError, Record};

    /// The policy `V` of a group that is observed.
    #[repr(transparent)]
    pub struct Observed<V>(V);

    impl<V> Observed<V> {
        pub(in crate::in_task) fn of(policy: &mut V) -> &mut Self {
            let policy: *mut V = policy;
            // SAFETY: this is a transparent wrapper, so it has the layout of `V`, and the reference is handed on.
            unsafe { &mut *policy.cast::<Self>() }
        }
    }

    impl<V: GroupPolicy> GroupPolicy for Observed<V> {
        type Output<O> = V::Output<O>;
        const OBSERVED: bool = true;
        fn names(&self) -> MemberNames {
            self.0.names()
        }
        fn is_decided(&self) -> bool {
            self.0.is_decided()
        }
        fn output<O>(&mut self, fields: impl FnOnce() -> O) -> V::Output<O> {
            self.0.output(fields)
        }
        fn map<O, P>(output: V::Output<O>, f: impl FnOnce(O) -> P) -> V::Output<P> {
            V::map(output, f)
        }
    }

    // One for each type of failure.
    macro_rules! records {
        ($([$($generic:ident)*] $failure:ty;)+) => { $(
            impl<V: Record<$failure>, $($generic),*> Record<$failure> for Observed<V> {
                fn record(&mut self, failure: $failure, id: MemberId) {
                    self.0.record(failure, id);
                }
            }
        )+ };
    }
    records! {
        [] Abort;
        [E] MemberError<E>;
        [E] ExceptionKind<E>;
        [E] Exception<E>;
        [Q X F] KeyedFailure<Q, X, F>;
    }
}
