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
    let __exit = ::gather::__private::returns::<Result<Dashboard, AppError>>().exit();
    {
        let (__m0, __m1) = match ::gather::__private::stage(
                __exit,
                ::gather::__private::FEW,
                ::gather::__private::Singles,
                (
                    ::gather::__private::beside(
                        __exit,
                        async {
                            let __value = api.user(id).await?;
                            #[allow(unreachable_code)] return __exit.ok(__value);
                        },
                    ),
                    ::gather::__private::beside(
                        __exit,
                        async {
                            let __value = api.orders(id).await?;
                            #[allow(unreachable_code)] return __exit.ok(__value);
                        },
                    ),
                ),
                ::gather::__private::Unlimited,
            )
            .await
        {
            ::core::result::Result::Ok(all) => all,
            ::core::result::Result::Err(early) => return early,
        };
        let user = ::core::convert::identity(__m0);
        let orders = ::core::convert::identity(__m1);
        let advice = api.advise(&user, &orders).await?;
        Ok(Dashboard { user, orders, advice })
    }
}
