//! A group is [`Send`] and [`Sync`] where its members are, and rustc finds that in few steps.
//!
//! rustc asks what a type is made of and gives up after 128 steps inside each other. Async fns that await groups of such fns take
//! three for each fn and two for each group, as many as `tokio::join!`: its opaque type, and from there straight to the futures
//! of the members. So the impls below name each future, which a tree of [`Pair`]s would hide one level deeper for each of its own;
//! and as a tree may have any shape, a marker in the type of the group says which of the impls is meant.
//!
//! Nothing but auto traits is asked here: rustc asks where it has forgotten all lifetimes, and would not find, for one, that a
//! closure is an `FnOnce`.

use super::gather_future::GatherFuture;
use super::limited::LimitedList;
use super::list::List;
use super::node::deferred::DeferredList;
use super::node::future::FutureNode;
use super::node::pair::Pair;
use super::node::published::Published;
use super::start::StartCondition;
use super::sweep::Node;
use super::wakers::WakeStrategy;

/// Up to 16 single members.
pub struct Singles;

/// `N` parts of any kind, up to 16; else it is 0.
pub struct Leaves<const N: usize>;

// SAFETY: what a group is made of is `Send`.
unsafe impl<N: Node + Send, S: WakeStrategy + Send, P: Send, L: Send, D: Send, B: Send> Send
    for GatherFuture<N, S, P, L, D, B, Leaves<0>>
{
}
// SAFETY: what a group is made of is `Sync`.
unsafe impl<N: Node + Sync, S: WakeStrategy + Sync, P: Sync, L: Sync, D: Sync, B: Sync> Sync
    for GatherFuture<N, S, P, L, D, B, Leaves<0>>
{
}

/// A single member that others depend on is found in one step; other parts are asked.
macro_rules! published {
    ($auto:ident) => {
        // SAFETY: it holds a member, and a reference to what is `Sync`.
        unsafe impl<F: $auto, A, T: $auto, O: $auto, S: Sync> $auto for Published<'_, FutureNode<F, A, T, O>, S> {}
        // SAFETY: as above.
        unsafe impl<F, A, O, S: Sync> $auto for Published<'_, List<F, A, O>, S> where List<F, A, O>: $auto {}
        // SAFETY: as above.
        unsafe impl<I, K, A, F, O, R, S: Sync> $auto for Published<'_, LimitedList<I, K, A, F, O, R>, S> where
            LimitedList<I, K, A, F, O, R>: $auto
        {
        }
        // SAFETY: as above.
        unsafe impl<D, C, L, N, S: Sync> $auto for Published<'_, DeferredList<D, C, L, N>, S> where
            DeferredList<D, C, L, N>: $auto
        {
        }
    };
}
published!(Send);
published!(Sync);

/// The tree that the expansion makes of so many parts, with single members at its leaves, or with whatever parts.
macro_rules! tree {
    (singles, ($a:tt $b:tt)) => { Pair<tree!(singles, $a), tree!(singles, $b)> };
    (singles, [$f:ident $a:ident $t:ident $o:ident]) => { FutureNode<$f, $a, $t, $o> };
    (leaves, ($a:tt $b:tt)) => { Pair<tree!(leaves, $a), tree!(leaves, $b)> };
    (leaves, [$f:ident $a:ident $t:ident $o:ident]) => { $f };
}

macro_rules! sendable {
    ($n:literal, $tree:tt) => {
        sendable!(@flat $n, $tree, [] $tree);
    };
    // Collects the leaves of the tree in a row.
    (@flat $n:literal, $tree:tt, [$($done:tt)*] ($a:tt $b:tt) $($rest:tt)*) => {
        sendable!(@flat $n, $tree, [$($done)*] $a $b $($rest)*);
    };
    (@flat $n:literal, $tree:tt, [$($done:tt)*] $leaf:tt $($rest:tt)*) => {
        sendable!(@flat $n, $tree, [$($done)* $leaf] $($rest)*);
    };
    (@flat $n:literal, $tree:tt, [$($leaves:tt)*]) => {
        sendable!(@impl Send, $n, $tree, $($leaves)*);
        sendable!(@impl Sync, $n, $tree, $($leaves)*);
    };
    (@impl $auto:ident, $n:literal, $tree:tt, $([$f:ident $a:ident $t:ident $o:ident])+) => {
        // SAFETY: the tree holds futures, start conditions and fields: these, and what else the group is made of, are `Send` or `Sync`.
        unsafe impl<$($f: $auto, $a, $t: StartCondition + $auto, $o: $auto,)+ S, P, L, D, B> $auto
            for GatherFuture<tree!(singles, $tree), S, P, L, D, B, Singles>
        where
            S: WakeStrategy + $auto, P: $auto, L: $auto, D: $auto, B: $auto,
        {
        }
        // SAFETY: as above.
        unsafe impl<$($f: Node + $auto,)+ S, P, L, D, B> $auto
            for GatherFuture<tree!(leaves, $tree), S, P, L, D, B, Leaves<$n>>
        where
            S: WakeStrategy + $auto, P: $auto, L: $auto, D: $auto, B: $auto,
        {
        }
    };
}

sendable!(1, [F0 A0 T0 O0]);
sendable!(2, ([F0 A0 T0 O0] [F1 A1 T1 O1]));
sendable!(3, (([F0 A0 T0 O0] [F1 A1 T1 O1]) [F2 A2 T2 O2]));
sendable!(4, (([F0 A0 T0 O0] [F1 A1 T1 O1]) ([F2 A2 T2 O2] [F3 A3 T3 O3])));
sendable!(5, ((([F0 A0 T0 O0] [F1 A1 T1 O1]) [F2 A2 T2 O2]) ([F3 A3 T3 O3] [F4 A4 T4 O4])));
sendable!(6, ((([F0 A0 T0 O0] [F1 A1 T1 O1]) [F2 A2 T2 O2]) (([F3 A3 T3 O3] [F4 A4 T4 O4]) [F5 A5 T5 O5])));
sendable!(7, (
    (([F0 A0 T0 O0] [F1 A1 T1 O1]) ([F2 A2 T2 O2] [F3 A3 T3 O3]))
    (([F4 A4 T4 O4] [F5 A5 T5 O5]) [F6 A6 T6 O6])
));
sendable!(8, (
    (([F0 A0 T0 O0] [F1 A1 T1 O1]) ([F2 A2 T2 O2] [F3 A3 T3 O3]))
    (([F4 A4 T4 O4] [F5 A5 T5 O5]) ([F6 A6 T6 O6] [F7 A7 T7 O7]))
));
sendable!(9, (
    ((([F0 A0 T0 O0] [F1 A1 T1 O1]) [F2 A2 T2 O2]) ([F3 A3 T3 O3] [F4 A4 T4 O4]))
    (([F5 A5 T5 O5] [F6 A6 T6 O6]) ([F7 A7 T7 O7] [F8 A8 T8 O8]))
));
sendable!(10, (
    ((([F0 A0 T0 O0] [F1 A1 T1 O1]) [F2 A2 T2 O2]) ([F3 A3 T3 O3] [F4 A4 T4 O4]))
    ((([F5 A5 T5 O5] [F6 A6 T6 O6]) [F7 A7 T7 O7]) ([F8 A8 T8 O8] [F9 A9 T9 O9]))
));
sendable!(11, (
    ((([F0 A0 T0 O0] [F1 A1 T1 O1]) [F2 A2 T2 O2]) (([F3 A3 T3 O3] [F4 A4 T4 O4]) [F5 A5 T5 O5]))
    ((([F6 A6 T6 O6] [F7 A7 T7 O7]) [F8 A8 T8 O8]) ([F9 A9 T9 O9] [F10 A10 T10 O10]))
));
sendable!(12, (
    ((([F0 A0 T0 O0] [F1 A1 T1 O1]) [F2 A2 T2 O2]) (([F3 A3 T3 O3] [F4 A4 T4 O4]) [F5 A5 T5 O5]))
    ((([F6 A6 T6 O6] [F7 A7 T7 O7]) [F8 A8 T8 O8]) (([F9 A9 T9 O9] [F10 A10 T10 O10]) [F11 A11 T11 O11]))
));
sendable!(13, (
    ((([F0 A0 T0 O0] [F1 A1 T1 O1]) ([F2 A2 T2 O2] [F3 A3 T3 O3])) (([F4 A4 T4 O4] [F5 A5 T5 O5]) [F6 A6 T6 O6]))
    ((([F7 A7 T7 O7] [F8 A8 T8 O8]) [F9 A9 T9 O9]) (([F10 A10 T10 O10] [F11 A11 T11 O11]) [F12 A12 T12 O12]))
));
sendable!(14, (
    ((([F0 A0 T0 O0] [F1 A1 T1 O1]) ([F2 A2 T2 O2] [F3 A3 T3 O3])) (([F4 A4 T4 O4] [F5 A5 T5 O5]) [F6 A6 T6 O6]))
    ((([F7 A7 T7 O7] [F8 A8 T8 O8]) ([F9 A9 T9 O9] [F10 A10 T10 O10])) (([F11 A11 T11 O11] [F12 A12 T12 O12]) [F13 A13 T13 O13]))
));
sendable!(15, (
    ((([F0 A0 T0 O0] [F1 A1 T1 O1]) ([F2 A2 T2 O2] [F3 A3 T3 O3])) (([F4 A4 T4 O4] [F5 A5 T5 O5]) ([F6 A6 T6 O6] [F7 A7 T7 O7])))
    ((([F8 A8 T8 O8] [F9 A9 T9 O9]) ([F10 A10 T10 O10] [F11 A11 T11 O11])) (([F12 A12 T12 O12] [F13 A13 T13 O13]) [F14 A14 T14 O14]))
));
sendable!(16, (
    ((([F0 A0 T0 O0] [F1 A1 T1 O1]) ([F2 A2 T2 O2] [F3 A3 T3 O3])) (([F4 A4 T4 O4] [F5 A5 T5 O5]) ([F6 A6 T6 O6] [F7 A7 T7 O7])))
    ((([F8 A8 T8 O8] [F9 A9 T9 O9]) ([F10 A10 T10 O10] [F11 A11 T11 O11])) (([F12 A12 T12 O12] [F13 A13 T13 O13]) ([F14 A14 T14 O14] [F15 A15 T15 O15])))
));
