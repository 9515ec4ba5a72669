//! Which of up to 64 members were woken.
//!
//! While no member keeps its waker there is nothing but a [`WordStackWaker`] on the stack of the sweep: its waker notes that it
//! was woken, and by the number of the member that is being polled the sweep knows who that was. The first clone of it makes the
//! [`ReadyWord`] that all wakers of the group share from then on. Their data is its address plus the member's number.
//! `docs/decisions/two_wakers.md` says why.

#[cfg(all(test, loom))]
mod model;

use crate::unwind::abort;
use alloc::boxed::Box;
use core::marker::PhantomData;
use core::mem::ManuallyDrop;
use core::ptr::null_mut;
use core::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed, Release};
use core::task::{Context, RawWaker, RawWakerVTable, Waker};

use super::load_unshared;
use super::parent::ParentWaker;
use crate::in_task::slot_states::WakerSource;
use crate::sync::{AtomicPtr, AtomicU64, AtomicUsize, fence, load_ptr, replace_ptr};

/// As many members as a block has bits, and addresses.
pub(crate) const MEMBERS: usize = 64;

/// What the wakers of one group share.
#[repr(align(64))]
struct ReadyWord {
    /// The group and its wakers.
    owners: AtomicUsize,
    /// Who was woken since the group last looked. All, once the group is over.
    woken: AtomicU64,
    parent: ParentWaker,
}

/// The group's end of a [`ReadyWord`], which there is once a member has kept its waker. Whoever has it closes it.
pub struct ReadyWordRef(AtomicPtr<ReadyWord>);

// SAFETY: a block is shared by threads as it is; what is the group's alone in it (see `ParentWaker`) is used through `&mut ReadyWordRef` only.
unsafe impl Send for ReadyWordRef {}
// SAFETY: nothing but the block's atomics is used through `&ReadyWordRef`.
unsafe impl Sync for ReadyWordRef {}

impl ReadyWordRef {
    pub(in crate::in_task) fn new() -> Self {
        Self(AtomicPtr::new(null_mut()))
    }

    /// Whether a member has kept its waker.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) fn is_kept(&mut self) -> bool {
        !load_ptr(&mut self.0).is_null()
    }

    /// Takes who was woken since the last call; from now on wakes go to `task`.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) fn take_woken(&mut self, task: &Waker) -> u64 {
        let block = load_ptr(&mut self.0);
        if block.is_null() {
            return 0;
        }
        // SAFETY: a link owns its block.
        let block = unsafe { &*block };
        // SAFETY: this is the group, and looks below.
        unsafe { block.parent.register(task) };
        let woken = block.woken.swap(0, AcqRel);
        if woken != 0 {
            // SAFETY: the first of these wakes found 0.
            unsafe { block.parent.begin() };
        }
        woken
    }

    /// The group is over. It says so itself, once it is: the compiler can then tell that the group's destructor has nothing to do,
    /// and need not keep the fields anywhere meanwhile.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) fn close(&mut self) {
        let block = replace_ptr(&mut self.0, null_mut());
        if !block.is_null() {
            // SAFETY: this is the link of that block, and does not know it any more.
            unsafe { ReadyWord::close(block) };
        }
    }
}

/// Polls members with the waker of the stack: none has kept it so far.
pub struct BorrowedWaker<'a>(&'a WordStackWaker<'a>);

impl<'a> BorrowedWaker<'a> {
    /// # Safety
    ///
    /// The stack stays where it is, and members are lent its waker for their polls, who keep it by cloning it only.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) unsafe fn new(stack: &'a WordStackWaker<'a>) -> Self {
        Self(stack)
    }
}

impl WakerSource for BorrowedWaker<'_> {
    type BitSet = u64;
    const SELECTS: bool = false;

    #[inline(always)]
    fn poll<R>(&mut self, _: &mut Context<'_>, member: usize, f: impl FnOnce(&mut Context<'_>) -> R) -> R {
        self.0.member.store(member, Relaxed);
        f(&mut Context::from_waker(&self.0.waker()))
    }
}

/// Polls each member with its own waker.
pub struct OwnWaker<'a> {
    block: *mut ReadyWord,
    link: PhantomData<&'a ReadyWordRef>,
}

impl<'a> OwnWaker<'a> {
    /// Of a link that has its block.
    pub(in crate::in_task) fn new(link: &'a ReadyWordRef) -> Self {
        Self { block: link.0.load(Acquire), link: PhantomData }
    }
}

impl WakerSource for OwnWaker<'_> {
    type BitSet = u64;
    const SELECTS: bool = true;

    #[inline(always)]
    fn poll<R>(&mut self, _: &mut Context<'_>, member: usize, f: impl FnOnce(&mut Context<'_>) -> R) -> R {
        // SAFETY: the link owns its block, and the waker is not dropped. So it counts as no owner, and its clones do.
        let waker = ManuallyDrop::new(unsafe { ReadyWord::waker(self.block, member) });
        f(&mut Context::from_waker(&waker))
    }
}

/// What the waker points at that members are polled with as long as none has kept it.
pub struct WordStackWaker<'a> {
    /// The member that is being polled.
    member: AtomicUsize,
    /// Who woke itself.
    woken: AtomicU64,
    /// The functions of its waker: [`QUIET`] as long as nobody woke itself, then [`HEARD`].
    table: AtomicPtr<RawWakerVTable>,
    link: &'a ReadyWordRef,
    task: &'a Waker,
}

impl<'a> WordStackWaker<'a> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) fn new(link: &'a ReadyWordRef, task: &'a Waker) -> Self {
        let table = AtomicPtr::new((&raw const QUIET).cast_mut());
        Self { member: AtomicUsize::new(0), woken: AtomicU64::new(0), table, link, task }
    }

    /// Who woke itself during this sweep. The task has been woken if there is anybody.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) fn woken(&self) -> u64 {
        self.woken.load(Relaxed)
    }

    /// Used only while the stack is where it is, and not dropped.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn waker(&self) -> ManuallyDrop<Waker> {
        // SAFETY: a member that lent its waker to other threads has it back, for its poll has ended.
        let table = unsafe { load_unshared(&self.table) };
        // SAFETY: it is one of two statics. Their functions are those of a `*const WordStackWaker`.
        ManuallyDrop::new(unsafe { Waker::new((&raw const *self).cast(), &*table) })
    }
}

static QUIET: RawWakerVTable = RawWakerVTable::new(keep, wake_first, wake_first, drop_nothing);
static HEARD: RawWakerVTable = RawWakerVTable::new(keep, wake_self, wake_self, drop_nothing);
static OWNED: RawWakerVTable = RawWakerVTable::new(clone, wake, wake_by_ref, drop_owner);

/// # Safety
///
/// `data` is a `*const WordStackWaker` in use.
unsafe fn keep(data: *const ()) -> RawWaker {
    // SAFETY: by contract.
    let stack = unsafe { &*data.cast::<WordStackWaker<'_>>() };
    let mut block = stack.link.0.load(Acquire);
    if block.is_null() {
        block = ReadyWord::first_of(&stack.link.0, stack.task);
    }
    let member = stack.member.load(Relaxed);
    // SAFETY: the link owns its block. `clone` adds an owner, which is the waker that is made here.
    unsafe { clone(ReadyWord::data(block, member)) }
}

/// # Safety
///
/// As of [`keep`].
unsafe fn wake_self(data: *const ()) {
    // SAFETY: by contract.
    let stack = unsafe { &*data.cast::<WordStackWaker<'_>>() };
    // Plain loads and stores: a member may lend its waker to other threads while it is polled, but all that run at the same time
    // do the same.
    stack.woken.store(stack.woken.load(Relaxed) | (1 << (stack.member.load(Relaxed) % MEMBERS)), Relaxed);
}

/// The first wake of a sweep is handed on at once, as the task sees it from a future that it polls itself. All others are spared
/// to ask whether they are the first.
///
/// # Safety
///
/// As of [`keep`].
#[cold]
unsafe fn wake_first(data: *const ()) {
    // SAFETY: by contract.
    let stack = unsafe {
        wake_self(data);
        &*data.cast::<WordStackWaker<'_>>()
    };
    stack.table.store((&raw const HEARD).cast_mut(), Relaxed);
    stack.task.wake_by_ref();
}

unsafe fn drop_nothing(_: *const ()) {}

/// # Safety
///
/// `data` is what [`ReadyWord::data`] gave, and its block has an owner.
unsafe fn clone(data: *const ()) -> RawWaker {
    let (block, _) = ReadyWord::of(data);
    // SAFETY: by contract.
    let owners = unsafe { &(*block).owners };
    // Half of the range is left for clones on their way here.
    if owners.fetch_add(1, Relaxed) > isize::MAX as usize {
        abort();
    }
    RawWaker::new(data, &OWNED)
}

/// # Safety
///
/// As of [`clone`]; the owner is this waker.
unsafe fn wake(data: *const ()) {
    /// Also where the task's waker panics.
    struct WordOwner(*const ());
    impl Drop for WordOwner {
        #[cfg_attr(not(debug_assertions), inline(always))]
        fn drop(&mut self) {
            // SAFETY: the owner is the waker that is used up, and this is its last use.
            unsafe { drop_owner(self.0) };
        }
    }
    let owner = WordOwner(data);
    // SAFETY: by contract.
    unsafe { wake_by_ref(owner.0) };
}

/// # Safety
///
/// As of [`clone`].
unsafe fn wake_by_ref(data: *const ()) {
    let (block, member) = ReadyWord::of(data);
    // SAFETY: by contract.
    let block = unsafe { &*block };
    if block.woken.fetch_or(1 << member, AcqRel) == 0 {
        // SAFETY: nothing was woken; the group sees this in `take_woken` or `close`. The owner of `data` keeps the block.
        unsafe { block.parent.wake() };
    }
}

/// # Safety
///
/// As of [`wake`].
unsafe fn drop_owner(data: *const ()) {
    let (block, _) = ReadyWord::of(data);
    // SAFETY: by contract.
    unsafe { ReadyWord::release(block) };
}

impl ReadyWord {
    /// Makes the block of a group. A member that clones its waker on several threads may come here twice at once.
    #[cold]
    #[inline(never)]
    fn first_of(link: &AtomicPtr<Self>, task: &Waker) -> *mut Self {
        let block =
            Self { owners: AtomicUsize::new(1), woken: AtomicU64::new(0), parent: ParentWaker::new(task.clone()) };
        let block = Box::into_raw(Box::new(block));
        match link.compare_exchange(null_mut(), block, AcqRel, Acquire) {
            Ok(_) => block,
            Err(other) => {
                // SAFETY: nobody has seen it.
                drop(unsafe { Box::from_raw(block) });
                other
            }
        }
    }

    /// # Safety
    ///
    /// `block` is one, and `member` below [`MEMBERS`].
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn data(block: *mut Self, member: usize) -> *const () {
        debug_assert!(member < MEMBERS);
        // SAFETY: a block is at least as long as it is aligned, which is `MEMBERS` bytes.
        unsafe { block.cast::<u8>().add(member).cast_const().cast() }
    }

    /// The block and the member of a waker's data.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn of(data: *const ()) -> (*mut Self, usize) {
        let member = data.addr() % MEMBERS;
        (data.wrapping_byte_sub(member).cast_mut().cast(), member)
    }

    /// # Safety
    ///
    /// As of [`data`](Self::data); the block has an owner for as long as the waker is used, and one more if it is dropped.
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn waker(block: *mut Self, member: usize) -> Waker {
        // SAFETY: the functions of the table are those of such data.
        unsafe { Waker::new(Self::data(block, member), &OWNED) }
    }

    /// The group is over.
    ///
    /// # Safety
    ///
    /// Called by the link, which gives up its ownership.
    #[cold]
    #[inline(never)]
    unsafe fn close(block: *mut Self) {
        /// Also where the destructor of the task's waker panics.
        struct ReleaseWord(*mut ReadyWord);
        impl Drop for ReleaseWord {
            fn drop(&mut self) {
                // SAFETY: the link's, given up here.
                unsafe { ReadyWord::release(self.0) };
            }
        }
        let release = ReleaseWord(block);
        // SAFETY: by contract.
        let parent = unsafe { &(*block).parent };
        // SAFETY: as above. Nobody finds 0 from now on; if somebody did since the last look, it is reported.
        unsafe {
            if (*block).woken.swap(!0, AcqRel) != 0 {
                parent.begin();
            }
            parent.retire();
        }
        drop(release);
    }

    /// # Safety
    ///
    /// Called by an owner, which is none any more.
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn release(block: *mut Self) {
        // SAFETY: by contract.
        if unsafe { (*block).owners.fetch_sub(1, Release) } == 1 {
            // What the others did with it is done before it is freed.
            fence(Acquire);
            // SAFETY: that was the last owner.
            unsafe { Self::free(block) };
        }
    }

    /// # Safety
    ///
    /// It has no owner.
    #[cold]
    #[inline(never)]
    unsafe fn free(block: *mut Self) {
        // SAFETY: it came from `Box::into_raw`.
        drop(unsafe { Box::from_raw(block) });
    }
}
