//! gather
#![forbid(unsafe_code)]

#[cfg(feature = "tokio")]
pub use gather_core::{AbortOnDrop, Canceller, Group, GroupFuture};
pub use gather_core::{DependentGathering, Exception, ExceptionKind, Exceptions, Gathering, Member, Panic};

#[doc(hidden)]
pub mod __private {
    pub use gather_core::__editor;
    pub use gather_core::private::*;
    pub use gather_macros::gather;
}

/// gather
#[macro_export]
macro_rules! gather {
    ($($tokens:tt)*) => {
        $crate::__private::gather!([$crate] $($tokens)*)
    };
}
