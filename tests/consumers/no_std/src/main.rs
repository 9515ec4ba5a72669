//! A program for a Cortex-M4: seven buttons and an interrupt that presses the next of them.
//!
//! The allocator needs a symbol that nobody defines, so the program is linked only if no call of it is left: a group of eight
//! members allocates nothing.
#![no_std]
#![no_main]

use core::alloc::{GlobalAlloc, Layout};
use core::arch::asm;
use core::future::Future;
use core::panic::PanicInfo;
use core::pin::pin;
use core::sync::atomic::{AtomicUsize, Ordering};
use core::task::{Context, Poll, RawWaker, RawWakerVTable, Waker};

use buttons::Button;

struct Nothing;

unsafe extern "C" {
    fn something_allocates(size: usize) -> *mut u8;
}

unsafe impl GlobalAlloc for Nothing {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        unsafe { something_allocates(layout.size()) }
    }

    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}
}

#[global_allocator]
static ALLOCATOR: Nothing = Nothing;

/// Of one core: no interrupt comes.
struct NoInterrupts;
critical_section::set_impl!(NoInterrupts);

unsafe impl critical_section::Impl for NoInterrupts {
    unsafe fn acquire() -> critical_section::RawRestoreState {
        let masked: u32;
        unsafe { asm!("mrs {}, PRIMASK", "cpsid i", out(reg) masked) };
        masked & 1 == 1
    }

    unsafe fn release(was_masked: critical_section::RawRestoreState) {
        if !was_masked {
            unsafe { asm!("cpsie i") };
        }
    }
}

static BUTTONS: [Button; 7] = [const { Button::new() }; 7];
static NEXT: AtomicUsize = AtomicUsize::new(0);

/// The interrupt.
#[unsafe(no_mangle)]
pub extern "C" fn SysTick() {
    let next = NEXT.fetch_add(1, Ordering::Relaxed);
    if let Some(button) = BUTTONS.get(next) {
        button.press(next as u32 + 1);
    }
}

/// An interrupt ends `wfi`, so there is nothing to do.
static AWAKE: RawWakerVTable = RawWakerVTable::new(|_| RawWaker::new(&raw const NEXT as *const (), &AWAKE), |_| (), |_| (), |_| ());

#[unsafe(no_mangle)]
pub extern "C" fn _start() -> ! {
    let waker = unsafe { Waker::from_raw(RawWaker::new(&raw const NEXT as *const (), &AWAKE)) };
    let mut group = pin!(buttons::eight(&BUTTONS));
    let sum = loop {
        if let Poll::Ready(sum) = group.as_mut().poll(&mut Context::from_waker(&waker)) {
            break sum;
        }
        unsafe { asm!("wfi") };
    };
    assert!(sum == Ok(28));
    loop {}
}

#[panic_handler]
fn panicked(_: &PanicInfo) -> ! {
    loop {}
}
