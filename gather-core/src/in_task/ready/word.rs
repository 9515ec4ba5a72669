//! Which of up to 64 members were woken.
//!
//! While no member keeps its waker there is nothing but a [`WordStackWaker`] on the stack of the sweep: its waker notes that it
//! was woken, and by the number of the member that is being polled the sweep knows who that was. The first clone of it makes the
//! [`ReadyWord`] that all wakers of the group share from then on. Their data is its address plus the member's number.
//! `docs/decisions/two_wakers.md` says why.

#[cfg(all(test, loom))]
mod model;

use alloc::boxed::Box;
use core::marker::PhantomData;
use core::mem::ManuallyDrop;
use core::ptr::null_mut;
use core::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed};
use core::task::{Context, RawWaker, RawWakerVTable, Waker};

use super::load_unshared;
use super::owners::Owners;
use super::parent::ParentWaker;
use super::stack_waker::StackWaker;
use crate::in_task::slot_states::{PollDue, WakerSource};
use crate::sync::{AtomicPtr, AtomicU64, AtomicUsize, load_ptr, replace_ptr};
use crate::unwind::OnDrop;

/// The most members of a word: it has so many bits, and covers so many addresses.
pub(crate) const MEMBERS: usize = 64;

/// The ready set of up to 64 members, which their wakers share. The data of a member's waker is the address of this plus the member's
/// number.
#[repr(align(64))]
struct ReadyWord {
    /// The group, and each waker.
    owners: Owners,
    /// The members that were woken since the group last looked, as bits. All bits are set once the group is over.
    woken: AtomicU64,
    parent: ParentWaker,
}

/// The group's reference to its [`ReadyWord`]. It is null until a member has kept its waker. Whoever holds the reference closes it at last.
pub struct ReadyWordRef(AtomicPtr<ReadyWord>);

// SAFETY: what threads share in a word is in atomics; what is the group's alone (see `ParentWaker`) is used through `&mut ReadyWordRef` only.
unsafe impl Send for ReadyWordRef {}
// SAFETY: only the word's atomics are used through `&ReadyWordRef`.
unsafe impl Sync for ReadyWordRef {}

impl ReadyWordRef {
    pub(in crate::in_task) fn new() -> Self {
        Self(AtomicPtr::new(null_mut()))
    }

    /// Whether a member has kept its waker.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) fn has_cloned(&mut self) -> bool {
        !load_ptr(&mut self.0).is_null()
    }

    /// Takes the members that were woken since the last call. From now on wakes go to `task`.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) fn take_woken(&mut self, task: &Waker) -> u64 {
        let word = load_ptr(&mut self.0);
        if word.is_null() {
            return 0;
        }
        // SAFETY: the group owns the word that its reference points to.
        let word = unsafe { &*word };
        // SAFETY: this is the group, and looks below.
        unsafe { word.parent.register(task) };
        let woken = word.woken.swap(0, AcqRel);
        if woken != 0 {
            // SAFETY: the first of these wakes found 0.
            unsafe { word.parent.begin() };
        }
        woken
    }

    /// The group is over. It says so itself, once it is: the compiler can then tell that the group's destructor has nothing to do,
    /// and need not keep the fields anywhere meanwhile.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) fn close(&mut self) {
        let word = replace_ptr(&mut self.0, null_mut());
        if !word.is_null() {
            // SAFETY: this is the group's reference, which was set to null just now: it is closed once.
            unsafe { ReadyWord::close(word) };
        }
    }
}

/// Polls members with the waker of the stack: none has kept it so far.
pub struct BorrowedWaker<'a>(&'a WordStackWaker<'a>);

impl<'a> BorrowedWaker<'a> {
    /// # Safety
    ///
    /// `stack` must stay where it is as long as this is used. Its waker must be lent to polls only: who keeps it has to clone it.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) unsafe fn new(stack: &'a WordStackWaker<'a>) -> Self {
        Self(stack)
    }
}

impl WakerSource for BorrowedWaker<'_> {
    type BitSet = u64;
    const SELECTS: bool = false;

    #[inline(always)]
    fn poll<P: PollDue>(&mut self, _: &mut Context<'_>, member: usize, polled: &mut P) -> P::Output {
        self.0.member.store(member, Relaxed);
        // SAFETY: the caller of `new` keeps what `waker` asks for.
        let waker = unsafe { self.0.waker() };
        polled.poll_due(&mut Context::from_waker(&waker))
    }
}

/// Polls each member with its own waker.
pub struct OwnWaker<'a> {
    word: *mut ReadyWord,
    shared: PhantomData<&'a ReadyWordRef>,
}

impl<'a> OwnWaker<'a> {
    /// Polls with the wakers of a word that there is.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) fn new(shared: &'a ReadyWordRef) -> Self {
        Self { word: shared.0.load(Acquire), shared: PhantomData }
    }
}

impl WakerSource for OwnWaker<'_> {
    type BitSet = u64;
    const SELECTS: bool = true;

    #[inline(always)]
    fn poll<P: PollDue>(&mut self, _: &mut Context<'_>, member: usize, polled: &mut P) -> P::Output {
        // SAFETY: the group owns the word as long as `shared` is borrowed. The waker is no owner, and is not dropped; its clones are owners.
        let waker = ManuallyDrop::new(unsafe { ReadyWord::waker(self.word, member) });
        polled.poll_due(&mut Context::from_waker(&waker))
    }
}

/// A sweep in which no member has kept its waker so far. The waker that members are polled with points at it.
pub struct WordStackWaker<'a> {
    /// The member that is being polled.
    member: AtomicUsize,
    /// The members that woke themselves, as bits.
    woken: AtomicU64,
    /// The functions of its waker: its own as long as nobody woke itself, then those of [`AfterFirst`].
    vtable: AtomicPtr<RawWakerVTable>,
    shared: &'a ReadyWordRef,
    task: &'a Waker,
}

impl<'a> WordStackWaker<'a> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) fn new(shared: &'a ReadyWordRef, task: &'a Waker) -> Self {
        let vtable = AtomicPtr::new((&raw const *Self::VTABLE).cast_mut());
        Self { member: AtomicUsize::new(0), woken: AtomicU64::new(0), vtable, shared, task }
    }

    /// The members that woke themselves during this sweep. The task has been woken if there is one.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) fn woken(&self) -> u64 {
        self.woken.load(Relaxed)
    }

    /// # Safety
    ///
    /// The caller must keep what [`StackWaker::lend`] asks for.
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn waker(&self) -> ManuallyDrop<Waker> {
        // SAFETY: a member that lent its waker to other threads has it back, for its poll has ended. It is one of two statics.
        unsafe { self.lend(&*load_unshared(&self.vtable)) }
    }

    /// Notes that the member that is being polled has woken itself.
    fn note(&self) {
        self.woken.store(self.woken.load(Relaxed) | (1 << (self.member.load(Relaxed) % MEMBERS)), Relaxed);
    }
}

impl StackWaker for WordStackWaker<'_> {
    /// Makes the word, if there is none so far, and a waker of the member that is being polled.
    unsafe fn clone_waker(&self) -> RawWaker {
        let mut word = self.shared.0.load(Acquire);
        if word.is_null() {
            word = ReadyWord::first_of(&self.shared.0, self.task);
        }
        // SAFETY: the group owns the word that its reference points to. `clone` adds an owner, which is the waker that is made here.
        unsafe { clone(ReadyWord::data(word, self.member.load(Relaxed))) }
    }

    /// The first self-wake of a sweep is handed on to the task at once, as by a future that the task polls itself. It also changes the
    /// functions of the waker, so that later self-wakes need not ask whether they are the first.
    #[cold]
    fn wake_self(&self) {
        self.note();
        self.vtable.store((&raw const *AfterFirst::VTABLE).cast_mut(), Relaxed);
        self.task.wake_by_ref();
    }
}

/// A [`WordStackWaker`] after the first self-wake.
#[repr(transparent)]
struct AfterFirst<'a>(WordStackWaker<'a>);

impl StackWaker for AfterFirst<'_> {
    unsafe fn clone_waker(&self) -> RawWaker {
        // SAFETY: the caller keeps what this asks for.
        unsafe { self.0.clone_waker() }
    }

    fn wake_self(&self) {
        self.0.note();
    }
}

static OWNED: RawWakerVTable = RawWakerVTable::new(clone, wake, wake_by_ref, drop_owner);

/// # Safety
///
/// `data` must be what [`ReadyWord::data`] gave, and its word must have an owner until this returns.
unsafe fn clone(data: *const ()) -> RawWaker {
    let (word, _) = ReadyWord::of(data);
    // SAFETY: an owner keeps the word alive.
    unsafe { &(*word).owners }.add();
    RawWaker::new(data, &OWNED)
}

/// Wakes the member and gives up the waker's ownership.
///
/// # Safety
///
/// `data` must be that of a waker that is an owner, and is not used afterwards.
unsafe fn wake(data: *const ()) {
    // SAFETY: the waker's ownership, which `wake` was given, is given up last, even where the task's waker panics.
    let _owner = OnDrop(|| unsafe { drop_owner(data) });
    // SAFETY: the waker is an owner until `_owner` is dropped.
    unsafe { wake_by_ref(data) };
}

/// Marks the member as woken. The first mark since the group last looked wakes the task.
///
/// # Safety
///
/// The caller must keep what [`clone`] asks for.
unsafe fn wake_by_ref(data: *const ()) {
    let (word, member) = ReadyWord::of(data);
    // SAFETY: an owner keeps the word alive.
    let word = unsafe { &*word };
    if word.woken.fetch_or(1 << member, AcqRel) == 0 {
        // SAFETY: this wake alone found no bit set; the group sees it in `take_woken` or `close`. The owner of `data` keeps the word alive.
        unsafe { word.parent.wake() };
    }
}

/// # Safety
///
/// `data` must be that of a waker that is an owner, and is not used afterwards.
unsafe fn drop_owner(data: *const ()) {
    let (word, _) = ReadyWord::of(data);
    // SAFETY: the waker's ownership is given up here.
    unsafe { ReadyWord::release(word) };
}

impl ReadyWord {
    /// Makes the word of a group. Two threads may come here at once, where a member lends its waker to them: the second takes the word of
    /// the first.
    #[cold]
    #[inline(never)]
    fn first_of(shared: &AtomicPtr<Self>, task: &Waker) -> *mut Self {
        let word = Self { owners: Owners::one(), woken: AtomicU64::new(0), parent: ParentWaker::new(task.clone()) };
        let word = Box::into_raw(Box::new(word));
        match shared.compare_exchange(null_mut(), word, AcqRel, Acquire) {
            Ok(_) => word,
            Err(other) => {
                // SAFETY: no other thread has seen it.
                drop(unsafe { Box::from_raw(word) });
                other
            }
        }
    }

    /// The data of a member's waker.
    ///
    /// # Safety
    ///
    /// `word` must be alive, and `member` below [`MEMBERS`].
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn data(word: *mut Self, member: usize) -> *const () {
        debug_assert!(member < MEMBERS);
        // SAFETY: a word is aligned to `MEMBERS` bytes, and at least as long.
        unsafe { word.cast::<u8>().add(member).cast_const().cast() }
    }

    /// The word and the member of a waker's data.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn of(data: *const ()) -> (*mut Self, usize) {
        let member = data.addr() % MEMBERS;
        (data.wrapping_byte_sub(member).cast_mut().cast(), member)
    }

    /// # Safety
    ///
    /// The caller must keep what [`data`](Self::data) asks for. The word must have an owner as long as the waker is used, and one more if the
    /// waker is dropped.
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn waker(word: *mut Self, member: usize) -> Waker {
        // SAFETY: the functions of `OWNED` take such data.
        unsafe { Waker::new(Self::data(word, member), &OWNED) }
    }

    /// Ends the word for its group: no wake reaches the task any more.
    ///
    /// # Safety
    ///
    /// Only the group may call this, once. It gives up its ownership.
    #[cold]
    #[inline(never)]
    unsafe fn close(word: *mut Self) {
        // SAFETY: the group's ownership, which `close` was given, is given up last, even where the destructor of the task's waker panics.
        let _owner = OnDrop(|| unsafe { Self::release(word) });
        // SAFETY: the group is an owner until `_owner` is dropped.
        let parent = unsafe { &(*word).parent };
        // SAFETY: as above; this is the group. From the swap on no wake finds 0; one that did since the group last looked is reported.
        unsafe {
            if (*word).woken.swap(!0, AcqRel) != 0 {
                parent.begin();
            }
            parent.retire();
        }
    }

    /// Gives up one ownership.
    ///
    /// # Safety
    ///
    /// The caller must be an owner, and is none afterwards.
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn release(word: *mut Self) {
        // SAFETY: the caller is an owner, which keeps the word alive.
        if unsafe { &(*word).owners }.release() {
            // SAFETY: that was the last owner.
            unsafe { Self::free(word) };
        }
    }

    /// # Safety
    ///
    /// The word must have no owner.
    #[cold]
    #[inline(never)]
    unsafe fn free(word: *mut Self) {
        // SAFETY: the word came from `Box::into_raw`, and nobody else is left.
        drop(unsafe { Box::from_raw(word) });
    }
}
