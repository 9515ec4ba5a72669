async fn page(api: &Api, id: u64, viewed: &[u64]) -> Result<Page, AppError> {
    let page = gather! {
        user => api.user(id)?,
        ads => api.ads(),
        viewed => *viewed.iter().map(|&id| api.product(id))?;
        limit = 8
    }
    .await?;
    Ok(Page { user: page.user, ads: page.ads, viewed: page.viewed })
}

// becomes

async fn page(api: &Api, id: u64, viewed: &[u64]) -> Result<Page, AppError> {
    let page = ::gather::__private::with(
            (
                ::gather::__private::Queued(api.user(id)),
                ::gather::__private::Queued(api.ads()),
                ::gather::__private::Star(viewed.iter().map(|&id| api.product(id)))
                    .__lazy(),
                ::gather::__private::limit(8),
            ),
            |(__m0, __m1, __m2, __limit)| {
                #[allow(unused_imports)]
                use ::gather::__private::{self as __gather, UncalledKind as _};
                let __mode = ::gather::__private::need(::gather::__private::same());
                let __m0 = __gather::part(
                    __gather::Answer::not(__gather::of_result(&__m0, &__mode).__kind()),
                    __m0,
                );
                let __m1 = __gather::part(
                    __gather::Answer::not(
                        __gather::of_any(&__m1, &::gather::__private::Pass).__kind(),
                    ),
                    __m1,
                );
                let __m2 = __gather::part(
                    __gather::Answer::not(__gather::of_result(&__m2, &__mode).__kind()),
                    __m2,
                );
                ::gather::__private::__editor! {
                    mod options { #[doc =
                    "Every member runs to its end, and its field is a `Result` that holds what went wrong with it."]
                    pub const return_exceptions : () = (); #[doc =
                    "Every member runs to its end, then the group yields all errors of its `?` members together."]
                    pub const all_errors : () = (); #[doc =
                    "The first error of a `?` member ends the group, and the error says which member it was."]
                    pub const name_errors : () = (); #[doc =
                    "The error type of the group: the error of each `?` member is converted with `From`."]
                    pub const error : () = (); #[doc =
                    "At most this many members are in progress at once, the items of unpacked lists included."]
                    pub const limit : () = (); #[doc =
                    "With `return_exceptions`: members that are not done after this `Duration` become `TimedOut`."]
                    pub const timeout : () = (); #[doc =
                    "With `return_exceptions`: members that are not done when this future is become `Cancelled`."]
                    pub const until : () = (); #[doc =
                    "Each member is a task of its own on the current tokio runtime, or on the given handle."]
                    pub const spawn : () = (); } options::limit;
                }
                {
                    #[derive(::core::fmt::Debug, ::core::clone::Clone)]
                    struct Gathered<T0, T1, T2> {
                        pub user: T0,
                        pub ads: T1,
                        pub viewed: T2,
                    }
                    ::gather::__private::gathering(
                        ::gather::__private::pair(
                            ::gather::__private::pair(__m0, __m1),
                            __m2,
                        ),
                        ::gather::__private::first_error(&__mode),
                        __limit,
                        ::gather::__private::NoDeadline,
                        move |((__m0, __m1), __m2)| {
                            Gathered {
                                user: __m0,
                                ads: __m1,
                                viewed: __m2,
                            }
                        },
                    )
                }
            },
        )
        .await?;
    Ok(Page {
        user: page.user,
        ads: page.ads,
        viewed: page.viewed,
    })
}
