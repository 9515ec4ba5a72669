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
            ::gather::__private::single(api.user(id)),
            ::gather::__private::unpack(viewed.iter().map(|&id| api.product(id)))
                .__eager(),
        ),
        |(__gather_m0, __gather_m1)| ::gather::__private::opaque(async {
            let __gather_v0 = ::gather::__private::output_cell();
            let __gather_r0 = &__gather_v0;
            let __gather_policy;
            let __gather_output = {
                let __gather_mode = ::gather::__private::required(
                    ::gather::__private::identity(),
                );
                let (__gather_m0, __gather_m1) = {
                    #[allow(unused_imports)]
                    use ::gather::__private::{
                        self as __gather, IntoFutureKind as _, UncalledKind as _,
                    };
                    let __gather_m0 = __gather::publish(
                        __gather::node(
                            __gather::Answer::not(
                                __gather::of_result(&__gather_m0, &__gather_mode).__kind(),
                            ),
                            __gather_m0,
                            __gather::Immediately,
                        ),
                        __gather_r0,
                    );
                    let __gather_m1 = {
                        let __gather_keys = __gather::Answer::not(
                            __gather::keys(&__gather_m1).__keys(),
                        );
                        __gather::node(
                            __gather::keyed(
                                &__gather_keys,
                                __gather::Answer::not(
                                    __gather::of_any(&__gather_keys, &__gather::Plain).__kind(),
                                ),
                            ),
                            __gather_m1,
                            __gather::Immediately,
                        )
                    };
                    (__gather_m0, __gather_m1)
                };
                let __gather_m2 = ::gather::__private::dependent(
                    async {
                        let user = __gather_r0;
                        #[allow(unused_variables)]
                        let user = ::gather::__private::seen(&*user);
                        let __gather_ended = match ::gather::__private::single(
                            api.advise(user),
                        ) {
                            __gather_one => {
                                #[allow(unused_imports)]
                                use ::gather::__private::{
                                    self as __gather, IntoFutureKind as _, UncalledKind as _,
                                };
                                __gather::run_body(
                                    __gather::Answer::not(
                                        __gather::of_any(&__gather_one, &__gather::Plain).__kind(),
                                    ),
                                    __gather_one,
                                )
                            }
                        }
                            .await;
                        ::gather::__private::FieldValue(__gather_ended).0
                    },
                    (__gather_r0, ()),
                );
                {
                    #[allow(unused_imports)]
                    use ::gather::__private::{
                        self as __gather, IntoFutureKind as _, UncalledKind as _,
                    };
                    let __gather_m2 = __gather::node(
                        __gather::Answer::not(
                            __gather::of_any(&__gather_m2, &__gather::Plain).__kind(),
                        ),
                        __gather_m2,
                        __gather::Immediately,
                    );
                    let __gather_outcome = __gather::first_error(&__gather_mode);
                    __gather_policy = __gather::policy_of(&__gather_outcome);
                    __gather::gather_future(
                        __gather::POLL_FEW,
                        __gather::Leaves::<3usize>,
                        ((__gather_m0, __gather_m1), __gather_m2),
                        __gather_outcome,
                        __gather::Unlimited,
                        __gather::NoDeadline,
                        ::core::convert::identity,
                    )
                }
            }
                .await;
            {
                #[allow(unused_imports)]
                use ::gather::__private::{
                    self as __gather, IntoFutureKind as _, UncalledKind as _,
                };
                #[derive(::core::fmt::Debug, ::core::clone::Clone)]
                struct Gathered<T0, T1, T2> {
                    #[allow(dead_code)]
                    pub user: T0,
                    pub viewed: T1,
                    pub advice: T2,
                }
                __gather::finish(
                    __gather_policy,
                    __gather_output,
                    (__gather_v0,),
                    move |((__gather_m0, __gather_m1), __gather_m2), (__gather_v0,)| {
                        let __gather_m0 = __gather::field_of(__gather_v0);
                        #[allow(unreachable_code)]
                        let __gather_made = Gathered {
                            user: __gather_m0,
                            viewed: __gather_m1,
                            advice: __gather_m2,
                        };
                        __gather_made
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
