//! The expansion takes no names from the user and gives none.

mod reexported {
    pub(crate) use ::gather as hidden;
}

mod bare {
    #![no_implicit_prelude]
    #![allow(dead_code, non_camel_case_types)]

    use crate::clock::Clock;

    struct Result;
    struct Option;
    struct Ok;
    struct Err;
    struct usize;
    mod core {}
    mod gather {}
    mod std {}

    #[::gather::gather_group(crate = crate::hygiene::reexported::hidden, limit = 4)]
    pub(super) async fn shadowed(clock: &Clock) -> ::core::result::Result<u8, u8> {
        let __exit = clock.step("a", 1, ::core::result::Result::Ok::<u8, u8>(1)).await?;
        let __m0 = clock.step("b", 1, 2).await;
        let early = clock.step("c", 1, 3).await;
        ::core::result::Result::Ok(__exit + __m0 + early)
    }

    #[::gather::gather_group(crate = "crate::hygiene::reexported::hidden")]
    pub(super) async fn with_items(clock: &Clock) -> ::core::result::Result<u8, u8> {
        struct Private;
        mod result {}
        let a = clock.step("a", 1, Private).await;
        let b = clock.step("b", 1, 2).await;
        let Private = a;
        ::core::result::Result::Ok(b)
    }
}

type Answer = Result<u8, u8>;

/// Items of the body do not change what the signature means.
#[gather::gather_group]
async fn own_names(clock: &crate::clock::Clock) -> Answer {
    #[allow(dead_code)]
    struct Answer;
    let a = clock.step("a", 1, Ok::<u8, u8>(1)).await?;
    let b = clock.step("b", 1, 2).await;
    Ok(a + b)
}

macro_rules! made_by_a_macro {
    ($name:ident, $value:expr, $first:ident) => {
        #[gather::gather_group]
        async fn $name(clock: &crate::clock::Clock) -> u64 {
            let $first = clock.step("a", 1, $value).await;
            let b = clock.step("b", 1, $value + 1).await;
            let c = clock.step("c", 1, $first + b).await;
            c
        }
    };
}

made_by_a_macro!(made, 1, x);

#[tokio::test(start_paused = true)]
async fn names() {
    let clock = crate::clock::Clock::new();
    assert_eq!(bare::shadowed(&clock).await, Ok(6));
    assert_eq!(bare::with_items(&clock).await, Ok(2));
    assert_eq!(own_names(&clock).await, Ok(3));
    assert_eq!(made(&clock).await, 3);
    assert_eq!(clock.seen(), "a 0-1, b 0-1, c 0-1, a 1-2, b 1-2, a 2-3, b 2-3, a 3-4, b 3-4, c 4-5");
}
