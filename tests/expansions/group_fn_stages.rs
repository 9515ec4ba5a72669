#[gather_group]
async fn dashboard(api: &Api, id: u64) -> Result<Dashboard, AppError> {
    let user = api.user(id).await?;
    let orders = api.orders(id).await?;
    let advice = api.advise(&user, &orders).await?;
    Ok(Dashboard { user, orders, advice })
}

// becomes

/// Runs as `user + orders -> advice`: what `+` joins is concurrent.
async fn dashboard(api: &Api, id: u64) -> Result<Dashboard, AppError> {
    let __gather_exit = ::gather::__private::return_type::<Result<Dashboard, AppError>>()
        .__exit();
    {
        let (__gather_m0, __gather_m1) = match __gather_exit
            .__or_return(
                ::gather::__private::stage(
                        __gather_exit,
                        ::gather::__private::POLL_FEW,
                        ::gather::__private::Singles,
                        (
                            ::gather::__private::member(
                                __gather_exit,
                                async {
                                    let __gather_value = api.user(id).await?;
                                    #[allow(unreachable_code)]
                                    return __gather_exit.__ok(__gather_value);
                                },
                                ::gather::__private::Immediately,
                            ),
                            ::gather::__private::member(
                                __gather_exit,
                                async {
                                    let __gather_value = api.orders(id).await?;
                                    #[allow(unreachable_code)]
                                    return __gather_exit.__ok(__gather_value);
                                },
                                ::gather::__private::Immediately,
                            ),
                        ),
                        ::gather::__private::Unlimited,
                    )
                    .await,
            )
        {
            ::core::result::Result::Ok(__gather_all) => __gather_all,
            ::core::result::Result::Err(__gather_early) => return __gather_early,
        };
        let user = ::core::convert::identity(__gather_m0);
        let orders = ::core::convert::identity(__gather_m1);
        let advice = api.advise(&user, &orders).await?;
        Ok(Dashboard { user, orders, advice })
    }
}
