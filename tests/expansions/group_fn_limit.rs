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
    let __exit = ::gather::__private::returns::<Option<_>>().exit();
    let __limit: ::core::primitive::usize = 2;
    {
        let ((__m0, __m1), __m2) = match ::gather::__private::stage(
                __exit,
                ::gather::__private::FEW,
                ::gather::__private::Singles,
                (
                    (
                        ::gather::__private::queued(
                            __exit,
                            async {
                                let __value = self.read(ids).await?;
                                #[allow(unreachable_code)] return __exit.ok(__value);
                            },
                        ),
                        {
                            #[cfg(all(feature = "sizes"))]
                            {
                                ::gather::__private::queued(
                                    __exit,
                                    async {
                                        let __value: Vec<u64> = sizes(ids).await.collect();
                                        #[allow(unreachable_code)] return __exit.ok(__value);
                                    },
                                )
                            }
                            #[cfg(not(all(feature = "sizes")))]
                            {
                                ::gather::__private::queued(__exit, async { __exit.ok(()) })
                            }
                        },
                    ),
                    ::gather::__private::queued(
                        __exit,
                        async {
                            let __value = first(ids).await;
                            #[allow(unreachable_code)] return __exit.ok(__value);
                        },
                    ),
                ),
                ::gather::__private::limit(__limit),
            )
            .await
        {
            ::core::result::Result::Ok(all) => all,
            ::core::result::Result::Err(early) => return early,
        };
        let (old, mut new) = ::core::convert::identity(__m0);
        #[cfg(feature = "sizes")]
        let sizes = ::core::convert::identity(__m1);
        let Some(first) = ::core::convert::identity(__m2) else {
            return None;
        };
        new.retain(|id| !old.contains(id));
        let written = self.write(new).await?;
        Some((first, written))
    }
}
