async fn page(api: &Api, id: u64, viewed: &[u64]) -> Result<Page, AppError> {
    let page = gather! {
        user => api.user(id)?,
        viewed => *viewed.iter().map(|&id| api.product(id)),
        advice => |user| api.advise(user),
    }
    .await?;
    Ok(Page { user: page.user, viewed: page.viewed, advice: page.advice })
}

// becomes

async fn page(api: &Api, id: u64, viewed: &[u64]) -> Result<Page, AppError> {
    let page = (::gather::__private::with(
        (
            ::gather::__private::One(api.user(id)),
            ::gather::__private::star(viewed.iter().map(|&id| api.product(id))).__eager(),
        ),
        |(__m0, __m1)| ::gather::__private::dependent(async {
            #[allow(unused_imports)]
            use ::gather::__private::{self as __gather, UncalledKind as _};
            let __v0 = __gather::value();
            let __r0 = &__v0;
            let __policy;
            let __output = {
                let (__m0, __m1) = (__m0, __m1);
                let __mode = ::gather::__private::need(::gather::__private::same());
                let __m0 = __gather::part(
                    __gather::Answer::not(__gather::of_result(&__m0, &__mode).__kind()),
                    __m0,
                );
                __gather::is_value_of(&__m0, __r0);
                let __m0 = __gather::depended(__m0, __r0);
                let __keys = __gather::Answer::not(__gather::keys(&__m1).__keys());
                let __m1 = __gather::part(
                    __gather::keyed(
                        &__keys,
                        __gather::Answer::not(
                            __gather::of_any(&__keys, &::gather::__private::Pass)
                                .__kind(),
                        ),
                    ),
                    __m1,
                );
                let __m2 = __gather::LateOne(
                    async {
                        let user = __r0;
                        #[allow(unused_variables)]
                        let user = user.get();
                        let __ended = match __gather::One(api.advise(user)) {
                            __one => {
                                __gather::run(
                                    __gather::Answer::not(
                                        __gather::of_any(&__one, &__gather::Pass).__kind(),
                                    ),
                                    __one,
                                )
                            }
                        }
                            .await;
                        __gather::Whole(__ended).0
                    },
                    (__r0, ()),
                );
                let __m2 = __gather::part(
                    __gather::Answer::not(
                        __gather::of_any(&__m2, &::gather::__private::Pass).__kind(),
                    ),
                    __m2,
                );
                let __verdict = ::gather::__private::first_error(&__mode);
                __policy = __gather::policy(&__verdict);
                ::gather::__private::opaque(
                    ::gather::__private::gathering(
                        ::gather::__private::FEW,
                        ((__m0, __m1), __m2),
                        __verdict,
                        ::gather::__private::Unlimited,
                        ::gather::__private::NoDeadline,
                        ::core::convert::identity,
                    ),
                )
            }
                .await;
            let __v0 = __v0;
            {
                #[derive(::core::fmt::Debug, ::core::clone::Clone)]
                struct Gathered<T0, T1, T2> {
                    #[allow(dead_code)]
                    pub user: T0,
                    pub viewed: T1,
                    pub advice: T2,
                }
                __gather::finish(
                    __policy,
                    __output,
                    move |((__m0, __m1), __m2)| {
                        let __m0 = __gather::field_of(__v0);
                        {
                            #[allow(unreachable_code)]
                            let __made = {
                                Gathered {
                                    user: __m0,
                                    viewed: __m1,
                                    advice: __m2,
                                }
                            };
                            __made
                        }
                    },
                )
            }
        }),
    ))
        .await?;
    Ok(Page {
        user: page.user,
        viewed: page.viewed,
        advice: page.advice,
    })
}
