// The README's programs are built by a test, which also builds what is a fragment for rustdoc.
#![cfg_attr(not(doctest), doc = include_str!("../README.md"))]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]
#![cfg_attr(not(feature = "std"), no_std)]

#[cfg(feature = "tokio")]
#[cfg_attr(docsrs, doc(cfg(feature = "tokio")))]
pub use gather_core::{AbortOnDrop, Canceller, Group, GroupFuture};
pub use gather_core::{Completions, Exception, ExceptionKind, Exceptions, Member, Panic};

#[doc = include_str!("links.md")]
#[doc = include_str!("../docs/guide/README.md")]
pub mod guide;

#[doc(hidden)]
pub mod __private {
    pub use gather_core::private::*;
    pub use gather_macros::gather;
}

#[cfg_attr(any(not(doctest), feature = "tokio"), doc = include_str!("links.md"))]
#[cfg_attr(any(not(doctest), feature = "tokio"), doc = include_str!("../docs/gather_group.md"))]
pub use gather_macros::gather_group;

#[cfg_attr(any(not(doctest), feature = "tokio"), doc = include_str!("links.md"))]
#[cfg_attr(any(not(doctest), feature = "tokio"), doc = include_str!("../docs/gather.md"))]
#[macro_export]
macro_rules! gather {
    ($($tokens:tt)*) => {
        $crate::__private::gather!([$crate] $($tokens)*)
    };
}
