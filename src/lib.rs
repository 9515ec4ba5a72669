// Some of its examples spawn, which they cannot where the feature is off.
#![cfg_attr(any(not(doctest), feature = "tokio"), doc = include_str!("../README.md"))]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]

#[cfg(feature = "tokio")]
#[cfg_attr(docsrs, doc(cfg(feature = "tokio")))]
pub use gather_core::{AbortOnDrop, Canceller, Group, GroupFuture};
pub use gather_core::{
    Completions, DependentGathering, Exception, ExceptionKind, Exceptions, Gathering, Member, Panic,
};

/// Chapters on one thing each.
pub mod guide {
    #[cfg_attr(any(not(doctest), feature = "tokio"), doc = include_str!("../docs/dependencies.md"))]
    pub mod dependencies {}

    #[cfg_attr(any(not(doctest), feature = "tokio"), doc = include_str!("../docs/lists.md"))]
    pub mod lists {}

    #[doc = include_str!("../docs/engine.md")]
    pub mod engine {}

    #[doc = include_str!("../docs/compiler_messages.md")]
    pub mod compiler_messages {}

    #[doc = include_str!("../docs/mistakes_compared.md")]
    pub mod mistakes_compared {}

    #[doc = include_str!("../docs/editors.md")]
    pub mod editors {}
}

#[doc(hidden)]
pub mod __private {
    pub use gather_core::private::*;
    pub use gather_macros::gather;
}

#[doc = include_str!("../docs/gather_group.md")]
pub use gather_macros::gather_group;

#[doc = include_str!("../docs/gather.md")]
#[macro_export]
macro_rules! gather {
    ($($tokens:tt)*) => {
        $crate::__private::gather!([$crate] $($tokens)*)
    };
}
