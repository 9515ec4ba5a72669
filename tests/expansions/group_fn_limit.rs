/// Copies what is missing.
#[gather_group(limit = 2)]
pub async fn copy(&mut self, ids: &[u64]) -> Option<impl Debug> {
    let (old, mut new) = self.read(ids).await?;
    #[cfg(feature = "sizes")]
    let sizes: Vec<u64> = sizes(ids).await.collect();
    let Some(first) = first(ids).await else {
        return None;
    };
    new.retain(|id| !old.contains(id));
    let written = self.write(new).await?;
    Some((first, written))
}

// becomes

/// Copies what is missing.
///
/// Runs as `(old, new) + sizes + first -> written`: what `+` joins is concurrent.
pub async fn copy(&mut self, ids: &[u64]) -> Option<impl Debug> {
    let __gather_exit = ::gather::__private::return_type::<Option<_>>().__exit();
    let __gather_limit: ::core::primitive::usize = 2;
    {
        let ((__gather_m0, __gather_m1), __gather_m2) = match __gather_exit
            .__or_return(
                ::gather::__private::stage(
                        __gather_exit,
                        ::gather::__private::POLL_FEW,
                        ::gather::__private::Singles,
                        (
                            (
                                ::gather::__private::member(
                                    __gather_exit,
                                    async {
                                        let __gather_value = self.read(ids).await?;
                                        #[allow(unreachable_code)]
                                        return __gather_exit.__ok(__gather_value);
                                    },
                                    ::gather::__private::WITH_PERMIT,
                                ),
                                {
                                    #[cfg(all(feature = "sizes"))]
                                    {
                                        ::gather::__private::member(
                                            __gather_exit,
                                            async {
                                                let __gather_value: Vec<u64> = sizes(ids).await.collect();
                                                #[allow(unreachable_code)]
                                                return __gather_exit.__ok(__gather_value);
                                            },
                                            ::gather::__private::WITH_PERMIT,
                                        )
                                    }
                                    #[cfg(not(all(feature = "sizes")))]
                                    {
                                        ::gather::__private::member(
                                            __gather_exit,
                                            async { __gather_exit.__ok(()) },
                                            ::gather::__private::WITH_PERMIT,
                                        )
                                    }
                                },
                            ),
                            ::gather::__private::member(
                                __gather_exit,
                                async {
                                    let __gather_value = first(ids).await;
                                    #[allow(unreachable_code)]
                                    return __gather_exit.__ok(__gather_value);
                                },
                                ::gather::__private::WITH_PERMIT,
                            ),
                        ),
                        ::gather::__private::limit(__gather_limit),
                    )
                    .await,
            )
        {
            ::core::result::Result::Ok(__gather_all) => __gather_all,
            ::core::result::Result::Err(__gather_early) => return __gather_early,
        };
        let (old, mut new) = ::core::convert::identity(__gather_m0);
        #[cfg(feature = "sizes")]
        let sizes = ::core::convert::identity(__gather_m1);
        let Some(first) = ::core::convert::identity(__gather_m2) else {
            return None;
        };
        new.retain(|id| !old.contains(id));
        let written = self.write(new).await?;
        Some((first, written))
    }
}
