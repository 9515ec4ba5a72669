//! Panics of user code. They are caught where there is std; without it they go to the program's panic handler.

use crate::exception::Panic;

/// Runs user code. Without std this is the call alone.
#[inline(always)]
#[cfg_attr(not(feature = "std"), allow(clippy::unnecessary_wraps, reason = "with std it can fail"))]
pub(crate) fn catch<R>(user: impl FnOnce() -> R) -> Result<R, Panic> {
    #[cfg(feature = "std")]
    return std::panic::catch_unwind(std::panic::AssertUnwindSafe(user)).map_err(Panic::from_payload);
    #[cfg(not(feature = "std"))]
    Ok(user())
}

/// Runs user code whose panic concerns nobody here: callbacks, and destructors of values that nobody will see. The panic
/// hook has reported it. Without std nobody catches it.
pub(crate) fn quietly(user: impl FnOnce()) {
    if let Err(panic) = catch(user) {
        // Even a payload's destructor may panic.
        if let Err(again) = catch(|| drop(panic)) {
            core::mem::forget(again);
        }
    }
}

/// Runs a closure when it is dropped, also by a panic.
pub(crate) struct OnDrop<F: FnMut()>(pub(crate) F);

impl<F: FnMut()> Drop for OnDrop<F> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn drop(&mut self) {
        (self.0)();
    }
}

/// Clears `all`, which runs destructors. Where one panics, it goes on with what is left.
pub(crate) fn clear_all<T>(all: &mut T, clear: fn(&mut T)) {
    struct Rest<'a, T>(&'a mut T, fn(&mut T));
    impl<T> Drop for Rest<'_, T> {
        fn drop(&mut self) {
            (self.1)(self.0);
        }
    }
    let rest = Rest(all, clear);
    clear(rest.0);
    core::mem::forget(rest);
}

/// Ends the program, where to go on would be undefined.
#[cfg(feature = "std")]
pub(crate) use std::process::abort;

/// Ends the program without std, by a panic during a panic: that ends it whatever its panic handler does.
#[cfg(not(feature = "std"))]
#[cold]
pub(crate) fn abort() -> ! {
    struct Again;
    impl Drop for Again {
        fn drop(&mut self) {
            panic!("the program cannot go on");
        }
    }
    let _again = Again;
    panic!("the program cannot go on");
}
