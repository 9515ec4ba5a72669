//! What is `Send`, and what is not.

pub(crate) fn send<T: Send>(value: T) -> T {
    value
}

/// Ambiguous, and so refused by rustc, if `T` has the trait.
macro_rules! assert_has_not {
    ($trait:path: $value:expr) => {{
        trait AmbiguousIf<A> {
            fn check(&self) {}
        }
        impl<T: ?Sized> AmbiguousIf<()> for T {}
        impl<T: ?Sized + $trait> AmbiguousIf<u8> for T {}
        let value = $value;
        AmbiguousIf::check(&value);
        value
    }};
}

macro_rules! assert_not_send {
    ($value:expr) => {
        $crate::support::assert_has_not!(Send: $value)
    };
}

pub(crate) use {assert_has_not, assert_not_send};
