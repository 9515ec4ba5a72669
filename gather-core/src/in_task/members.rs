//! The members of a group and the states of their slots: each member is polled when it is due, and dropped exactly once.

mod in_order;

use core::mem::{ManuallyDrop, replace};
use core::ops::Range;
use core::pin::Pin;
use core::task::{Context, Waker};

#[cfg(feature = "tracing")]
use super::observed::Observed;
use super::observed::PollNodes;
use super::pass::{PassResult, RunPass, StopPass};
use super::permits::{Limit, Permits};
use super::rotation::NextMember;
use super::slot_states::BitSet;
use super::sweep::{Node, Pass, PassContext, PollNode};
use super::wakers::WakeStrategy;
#[cfg(feature = "tracing")]
use crate::observe::{Asked, Labels};
use crate::observe::{Observer, Watch};
use crate::policy::{GroupPolicy, StopReason};
use crate::unwind::clear_all;

/// The tree of a group's nodes, and the states of their slots.
///
/// The invariant of the engine: what the states say of a slot is true at every moment at which code of the user's may run, panic, or
/// look. Each node changes the state before what it stands for. Every `unsafe` block here and in the nodes rests on that, and only this
/// module has both the tree and its states.
pub struct Members<N: Node, S: WakeStrategy> {
    tree: N,
    slots: S,
    next: NextMember,
    #[cfg(feature = "tracing")]
    asked: Asked,
    /// There is none when the group is over. So nothing is left to drop then: the compiler copies the group's result once more where
    /// something may be.
    observer: ManuallyDrop<Observer>,
}

impl<N: Node, S: WakeStrategy> Members<N, S> {
    /// Whether a sweep that does not begin with the first member runs the code of one that does, in two parts. That costs each sweep some
    /// five instructions, and saves [`sweep_from`](Self::sweep_from), which has another copy of the polls of all members. In groups with
    /// fewer members five instructions are too many. Groups with more members have a third copy of the polls anyway, with wakers of their
    /// own, so that one copy less saves little.
    const IN_PARTS: bool = N::SLOTS_ONLY && !N::STARTS_LATER && N::SLOTS > 4 && S::BitSet::FEW;

    /// A list that is the whole group starts items by itself as others end.
    const ALONE: bool = N::MEMBERS == 1 && N::SLOTS == 0;

    /// Whether members may start during a sweep, in a pass of their own.
    const SEVERAL_PASSES: bool = N::STARTS_LATER && !Self::ALONE;

    #[inline]
    pub(super) fn new(tree: N) -> Self {
        let mut slots = S::full(N::SLOTS);
        slots.states().empty = S::BitSet::of(N::UNSTARTED);
        Self {
            tree,
            slots,
            next: NextMember::FIRST,
            #[cfg(feature = "tracing")]
            asked: Asked::NO,
            observer: ManuallyDrop::new(Observer::NONE),
        }
    }

    /// Does one sweep. `true`: a member is unfinished.
    ///
    /// # Panics
    ///
    /// If the group has ended.
    #[inline(always)]
    pub(super) fn sweep<V: GroupPolicy>(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        policy: &mut V,
        limit: &mut impl Limit,
    ) -> bool
    where
        N: PollNodes<V>,
    {
        #[cfg(feature = "tracing")]
        let this = {
            let mut this = self;
            this.as_mut().ask(policy, limit);
            if this.observer.is_on() {
                return this.sweep_observed(cx.waker(), policy, limit);
            }
            this
        };
        #[cfg(not(feature = "tracing"))]
        let this = self;
        this.sweep_watched(cx, policy, limit, Watch::NONE)
    }

    #[cfg(feature = "tracing")]
    #[cold]
    #[inline(never)]
    fn sweep_observed<V: GroupPolicy>(
        mut self: Pin<&mut Self>,
        task: &Waker,
        policy: &mut V,
        limit: &mut impl Limit,
    ) -> bool
    where
        N: PollNode<Observed<V>>,
    {
        // If the sweep unwinds, it ends here.
        let observer = self.as_mut().observer();
        let entered = observer.watch().enter();
        let (cx, policy) = (&mut Context::from_waker(task), Observed::of(policy));
        let unfinished = self.as_mut().sweep_watched(cx, policy, limit, observer.watch());
        entered.exit();
        if unfinished {
            self.observe_on(observer);
        }
        unfinished
    }

    #[inline(always)]
    fn sweep_watched<V: GroupPolicy>(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        policy: &mut V,
        limit: &mut impl Limit,
        watched: Watch<'_>,
    ) -> bool
    where
        N: PollNode<V>,
    {
        if Self::SEVERAL_PASSES {
            return self.sweep_passes(cx, policy, limit, watched);
        }
        self.sweep_in_order(cx, policy, limit, watched)
    }

    /// The slots that are due in a pass.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn take_due(&mut self, task: &Waker) -> S::BitSet {
        let due = self.slots.take_due(task);
        if !Self::IN_PARTS || self.next.0 == 0 {
            return due;
        }
        let (due, later) = self.next.slots_of_part(due);
        self.slots.requeue(later);
        due
    }

    /// [`sweep`](Self::sweep) where it does not begin with the first member, as is rare.
    // This is given the waker and not the context: the compiler keeps in memory whatever has its address handed out, in all sweeps.
    #[inline(never)]
    fn sweep_from<V: GroupPolicy>(
        self: Pin<&mut Self>,
        task: &Waker,
        policy: &mut V,
        limit: &mut impl Limit,
        watched: Watch<'_>,
    ) -> bool
    where
        N: PollNode<V>,
    {
        self.sweep_passes(&mut Context::from_waker(task), policy, limit, watched)
    }

    /// [`sweep`](Self::sweep) in several passes: where members may start during the sweep, or where it does not begin with the first member.
    #[cfg_attr(debug_assertions, inline(never))]
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn sweep_passes<V: GroupPolicy>(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        policy: &mut V,
        limit: &mut impl Limit,
        watched: Watch<'_>,
    ) -> bool
    where
        N: PollNode<V>,
    {
        self.next.assert_not_over();
        let from = self.next.0 as usize;
        let mut pass_cx = PassContext::of_all(cx, policy, limit, false, S::POLLS_ALL, watched);
        pass_cx.window.start = from;
        let passed = loop {
            let passed = self.as_mut().pass(&mut pass_cx, 0, 0);
            if !pass_cx.goes_on(from, N::STARTS_LATER) {
                break passed;
            }
        };
        limit.set_free(pass_cx.permits.free);
        self.next().end_sweep(passed.unfinished && !S::POLLS_ALL, passed.seen);
        passed.unfinished
    }

    /// Does one pass. Before these members there are `position` members in the group, and `before` members and items.
    #[inline(always)]
    pub(super) fn pass<V: GroupPolicy>(
        self: Pin<&mut Self>,
        pass_cx: &mut PassContext<'_, '_, V>,
        position: usize,
        before: usize,
    ) -> PassResult
    where
        N: PollNode<V>,
    {
        let task: &Waker = pass_cx.cx.waker();
        // SAFETY: nothing is moved out of the reference.
        let this = unsafe { self.get_unchecked_mut() };
        let due = this.slots_of_pass(pass_cx, before);
        // SAFETY: the tree is pinned with the members that it is a field of.
        let tree = unsafe { Pin::new_unchecked(&mut this.tree) };
        this.slots.pass(task, &mut RunPass { tree, pass_cx, due, position, before })
    }

    /// The slots to poll in a pass, and those that may start in it.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn slots_of_pass<V>(&mut self, pass_cx: &PassContext<'_, '_, V>, before: usize) -> S::BitSet {
        match pass_cx.pass {
            Pass::Due { .. } => self.take_due_in(&pass_cx.window, pass_cx.cx.waker(), before, &pass_cx.permits),
            Pass::Start => self.slots.states().unstarted(),
        }
    }

    /// Takes the slots that are due in `window`. Members that have not started are due where they wait for a permit; for their
    /// dependencies they are asked at the end of a sweep.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn take_due_in(&mut self, window: &Range<usize>, task: &Waker, before: usize, permits: &Permits) -> S::BitSet {
        let mut due = self.take_due(task);
        if N::STARTS_LATER {
            let unstarted = self.slots.states().unstarted();
            due = due.without(unstarted).or(if permits.are_limited() { unstarted } else { S::BitSet::NONE });
        }
        if *window == (0..usize::MAX) {
            return due;
        }
        let slots = self.inside(window, before);
        self.slots.requeue(due.without(slots));
        due.and(slots)
    }

    /// The slots of the members in a window, with `before` members and items before the first.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn inside(&self, window: &Range<usize>, before: usize) -> S::BitSet {
        let below = |flat: usize| S::BitSet::first(self.tree.slots_among(&mut flat.saturating_sub(before)));
        below(window.end).without(below(window.start))
    }

    /// Ends every unfinished member of a group.
    pub(super) fn stop_all<V: GroupPolicy>(
        mut self: Pin<&mut Self>,
        why: StopReason,
        cx: &mut Context<'_>,
        policy: &mut V,
        limit: &impl Limit,
    ) where
        N: PollNodes<V>,
    {
        let observer = self.as_mut().observer();
        let (pass, watched) = (Pass::Start, observer.watch());
        #[cfg(feature = "tracing")]
        if observer.is_on() {
            let mut pass_cx = PassContext::of_all(cx, Observed::of(policy), limit, false, false, watched);
            pass_cx.pass = pass;
            return self.stop(why, &mut pass_cx, 0);
        }
        let mut pass_cx = PassContext::of_all(cx, policy, limit, false, false, watched);
        pass_cx.pass = pass;
        self.stop(why, &mut pass_cx, 0);
    }

    /// Ends every unfinished member.
    pub(super) fn stop<V: GroupPolicy>(
        self: Pin<&mut Self>,
        why: StopReason,
        pass_cx: &mut PassContext<'_, '_, V>,
        position: usize,
    ) where
        N: PollNode<V>,
    {
        // SAFETY: nothing is moved out of the reference.
        let this = unsafe { self.get_unchecked_mut() };
        let task: &Waker = pass_cx.cx.waker();
        // SAFETY: the tree is pinned with the members that it is a field of.
        let tree = unsafe { Pin::new_unchecked(&mut this.tree) };
        this.slots.pass(task, &mut StopPass { tree, pass_cx, why, position });
    }

    /// Takes the fields, once every member has one. The group is over then.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn take(self: Pin<&mut Self>) -> N::Output {
        // SAFETY: nothing is moved out of the reference.
        let this = unsafe { self.get_unchecked_mut() };
        this.slots.close();
        let states = this.slots.states();
        debug_assert!(states.pending.is_empty());
        debug_assert!(!this.observer.is_on(), "a sweep that ends the group has dropped it");
        // SAFETY: the states are the tree's own and true, and every member is done. They are not used any more: the group is over.
        let fields = unsafe { Pin::new_unchecked(&mut this.tree).take(0, states) };
        this.next = NextMember::OVER;
        fields
    }

    /// Drops all futures and fields, unless the group is over. It is over then.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn clear(self: Pin<&mut Self>) {
        // SAFETY: nothing is moved out of the reference.
        let this = unsafe { self.get_unchecked_mut() };
        if !this.next.is_over() {
            this.next = NextMember::OVER;
            this.clear_the_rest();
        }
    }

    #[inline(never)]
    fn clear_the_rest(&mut self) {
        // The spans of the group end when the members are gone.
        let _observer = take_observer(&mut self.observer);
        clear_all(self, Self::clear_once);
    }

    fn clear_once(&mut self) {
        // SAFETY: the members were pinned, or never polled, and are not moved from here on. The states are the tree's own and true.
        unsafe { Pin::new_unchecked(&mut self.tree).clear(0, self.slots.states()) };
        self.slots.close();
    }

    /// Called at the start of each sweep. The first call asks whether somebody observes the group.
    #[cfg(feature = "tracing")]
    #[inline(always)]
    fn ask<V: GroupPolicy>(self: Pin<&mut Self>, policy: &V, limit: &impl Limit)
    where
        N: PollNode<V>,
    {
        // SAFETY: nothing is moved out of the reference, and the observer is not pinned.
        let Self { tree, asked, observer, .. } = unsafe { self.get_unchecked_mut() };
        let labels = || limit.labels().unwrap_or_else(|| Labels::of(policy.names()));
        observer.ask(asked, N::MEMBERS, labels, |roster| <N as PollNode<V>>::announce(tree, 0, false, roster));
    }

    /// Takes out the group's observer, until it is put back by [`observe_on`](Self::observe_on).
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn observer(self: Pin<&mut Self>) -> Observer {
        // SAFETY: nothing is moved out of the reference but the observer, which is not pinned.
        take_observer(unsafe { &mut self.get_unchecked_mut().observer })
    }

    pub(super) fn is_observed(&self) -> bool {
        self.observer.is_on()
    }

    /// Ends the spans of the items of a lone list from `first` on, which were dropped.
    pub(super) fn drop_spans_from(self: Pin<&mut Self>, first: usize) {
        self.observer.drop_items(0, first);
    }

    /// Puts back the observer that [`observer`](Self::observer) took out.
    #[cfg(feature = "tracing")]
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn observe_on(self: Pin<&mut Self>, observer: Observer) {
        // SAFETY: nothing is moved out of the reference, and the observer is not pinned.
        unsafe { self.get_unchecked_mut() }.observer = ManuallyDrop::new(observer);
    }

    fn next(self: Pin<&mut Self>) -> &mut NextMember {
        // SAFETY: the number is not pinned, and nothing else is moved out of the reference.
        unsafe { &mut self.get_unchecked_mut().next }
    }

    /// The tree, where it is a list, which need not stay in place.
    pub(super) fn list(self: Pin<&mut Self>) -> &mut N
    where
        N: Unpin,
    {
        // SAFETY: whoever has the reference can move the tree, which is `Unpin`, and nothing else.
        unsafe { &mut self.get_unchecked_mut().tree }
    }

    pub(super) fn tree(&self) -> &N {
        &self.tree
    }
}

#[cfg_attr(not(debug_assertions), inline(always))]
fn take_observer(observer: &mut ManuallyDrop<Observer>) -> Observer {
    ManuallyDrop::into_inner(replace(observer, ManuallyDrop::new(Observer::NONE)))
}

impl<N: Node, S: WakeStrategy> Drop for Members<N, S> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn drop(&mut self) {
        // SAFETY: what is being dropped is not moved any more.
        unsafe { Pin::new_unchecked(self) }.clear();
    }
}
