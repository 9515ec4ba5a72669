//! The forms of a group, each with `poll_all` and, under the same name after `plain.`, without.

use std::time::Duration;

use duroxide::OrchestrationContext;
use duroxide::runtime::registry::OrchestrationRegistryBuilder;
use gather::{gather, gather_group};

use crate::{call, started};

type Outcome = Result<String, String>;

/// How long the activity number `i` takes: not in the order in which they start.
fn ms(i: u64) -> u64 {
    20 + (i * 37) % 90
}

/// Two activities, one after the other.
async fn two(ctx: &OrchestrationContext, label: impl std::fmt::Display, ms: u64) -> Outcome {
    let first = call(ctx, format!("{label}a"), ms).await?;
    let second = call(ctx, format!("{label}b"), 10 + ms / 3).await?;
    Ok(first + &second)
}

macro_rules! forms {
    ($module:ident, $prefix:literal, $($poll_all:ident)?) => {
        mod $module {
            use super::*;

            async fn record(ctx: OrchestrationContext, _: String) -> Outcome {
                let r = gather! {
                    a => started(&ctx, "a", 60),
                    b => started(&ctx, "b", 20),
                    c => started(&ctx, "c", 40);
                    $($poll_all)?
                }
                .await;
                Ok(format!("{} {} {}", r.a?, r.b?, r.c?))
            }

            async fn twelve(ctx: OrchestrationContext, _: String) -> Outcome {
                let c = &ctx;
                let r = gather! {
                    a => started(c, 0, ms(0))?, b => started(c, 1, ms(1))?, c => started(c, 2, ms(2))?,
                    d => started(c, 3, ms(3))?, e => started(c, 4, ms(4))?, f => started(c, 5, ms(5))?,
                    g => started(c, 6, ms(6))?, h => started(c, 7, ms(7))?, i => started(c, 8, ms(8))?,
                    j => started(c, 9, ms(9))?, k => started(c, 10, ms(10))?, l => started(c, 11, ms(11))?;
                    $($poll_all)?
                }
                .await?;
                Ok([r.a, r.b, r.c, r.d, r.e, r.f, r.g, r.h, r.i, r.j, r.k, r.l].concat())
            }

            async fn list(ctx: OrchestrationContext, _: String) -> Outcome {
                let r = gather!(*(0..40).map(|i| started(&ctx, i, ms(i)))?; $($poll_all)?).await?;
                Ok(r.concat())
            }

            async fn limit(ctx: OrchestrationContext, _: String) -> Outcome {
                let r = gather!(*(0..30).map(|i| started(&ctx, i, ms(i)))?; limit = 4 $(, $poll_all)?).await?;
                Ok(r.concat())
            }

            async fn blocks(ctx: OrchestrationContext, _: String) -> Outcome {
                let r = gather!(*(0..12).map(|i| two(&ctx, i, ms(i)))?; $($poll_all)?).await?;
                Ok(r.concat())
            }

            async fn dependants(ctx: OrchestrationContext, _: String) -> Outcome {
                let c = &ctx;
                let r = gather! {
                    x => call(c, "x", 30)?,
                    y => call(c, "y", 90)?,
                    z => |y| call(c, format!("z({y})"), 20)?,
                    w => |x| call(c, format!("w({x})"), 60)?,
                    v => |z, w| call(c, format!("v({z}{w})"), 20)?,
                    late => *|x| (0..12).map(|i| two(c, format!("{x}{i}"), ms(i)))?;
                    $($poll_all)?
                }
                .await?;
                Ok(format!("{} {} {}", r.v, r.y, r.late.concat()))
            }

            async fn nested(ctx: OrchestrationContext, _: String) -> Outcome {
                let c = &ctx;
                let r = gather! {
                    left => gather!(*(0..12).map(|i| two(c, format!("l{i}"), ms(i)))?; $($poll_all)?)?,
                    right => gather! {
                        a => call(c, "ra", 40)?,
                        b => gather!(*(0..12).map(|i| call(c, format!("rb{i}"), ms(i)))?; limit = 9 $(, $poll_all)?)?;
                        $($poll_all)?
                    }?,
                    solo => call(c, "solo", 10)?;
                    $($poll_all)?
                }
                .await?;
                Ok(format!("{} {} {} {}", r.left.concat(), r.right.a, r.right.b.concat(), r.solo))
            }

            async fn children(ctx: OrchestrationContext, _: String) -> Outcome {
                let child = concat!($prefix, "blocks");
                let r = gather! {
                    children => *(0..4).map(|i| ctx.schedule_sub_orchestration(child, i.to_string()))?,
                    go => ctx.schedule_wait("go");
                    name_errors $(, $poll_all)?
                }
                .await
                .map_err(|error| error.to_string())?;
                Ok(format!("{} {}", r.children.len(), r.go))
            }

            async fn exceptions(ctx: OrchestrationContext, _: String) -> Outcome {
                let c = &ctx;
                let r = gather! {
                    good => call(c, "good", 80)?,
                    bad => c.schedule_activity("work", "bad:30:fails")?,
                    pages => *(0..12).map(|i| call(c, i, ms(i)))?,
                    broken => async {
                        let bolt = call(c, "bolt", 20).await?;
                        if !bolt.is_empty() {
                            panic!("{bolt} is broken");
                        }
                        Ok::<(), String>(())
                    }?;
                    return_exceptions $(, $poll_all)?
                }
                .await;
                let pages: Vec<String> = r.pages.into_iter().map(|page| page.unwrap_or_else(|e| e.to_string())).collect();
                let broken = r.broken.unwrap_err();
                Ok(format!("{:?} {} {} {broken}", r.good.ok(), r.bad.unwrap_err(), pages.concat()))
            }

            /// Every third page is too slow. What there is by then is a matter of the log, and the test looks there.
            async fn deadline(ctx: OrchestrationContext, _: String) -> Outcome {
                let patience = ctx.schedule_timer(Duration::from_millis(1200));
                let pages = gather!(
                    *(0..12).map(|i| started(&ctx, i, if i % 3 == 0 { 600_000 } else { ms(i) }))?;
                    return_exceptions, until = patience $(, $poll_all)?
                )
                .await;
                let pages: Vec<String> = pages.into_iter().map(|page| page.unwrap_or_else(|e| e.to_string())).collect();
                let after = call(&ctx, "after", 10).await?;
                Ok(format!("{}, {after}", pages.join(", ")))
            }

            async fn all_errors(ctx: OrchestrationContext, _: String) -> Outcome {
                let work = |i| if i % 4 == 1 { format!("{i}:{}:fails", ms(i)) } else { format!("{i}:{}", ms(i)) };
                let r = gather!(
                    *(0..12).map(|i| ctx.schedule_activity("work", work(i)))?; all_errors $(, $poll_all)?
                )
                .await;
                Ok(r.unwrap_err().to_string())
            }

            /// The siblings of what fails are cancelled.
            async fn first_error(ctx: OrchestrationContext, _: String) -> Outcome {
                let r = gather! {
                    _long => started(&ctx, "long", 600_000)?,
                    _bad => ctx.schedule_activity("work", "bad:30:fails")?,
                    _pages => *(0..12).map(|i| started(&ctx, i, 600_000))?;
                    name_errors $(, $poll_all)?
                }
                .await;
                let after = call(&ctx, "after", 10).await?;
                Ok(format!("{}, {after}", r.err().ok_or("no error")?))
            }

            /// In the order in which they complete, which the result leaves out.
            async fn completions(ctx: OrchestrationContext, _: String) -> Outcome {
                let mut next = gather!(*(0..12).map(|i| two(&ctx, i, ms(i))); as_completed $(, $poll_all)?);
                let mut all = Vec::new();
                while let Some((i, result)) = next.next().await {
                    all.push((i, result?));
                    // What follows on a completion is in the order of the log.
                    call(&ctx, format!("after-{i}"), 5).await?;
                }
                all.sort();
                Ok(all.into_iter().map(|(_, result)| result).collect())
            }

            #[gather_group($($poll_all)?)]
            async fn stages(ctx: &OrchestrationContext) -> Outcome {
                let x = call(ctx, "x", 30).await?;
                let y = call(ctx, "y", 60).await?;
                let z = call(ctx, format!("z({y})"), 20).await?;
                let w = call(ctx, format!("w({x})"), 40).await?;
                Ok(format!("{z} {w}"))
            }

            async fn function(ctx: OrchestrationContext, _: String) -> Outcome {
                stages(&ctx).await
            }

            pub(super) fn register(registry: OrchestrationRegistryBuilder) -> OrchestrationRegistryBuilder {
                registry
                    .register(concat!($prefix, "record"), record)
                    .register(concat!($prefix, "twelve"), twelve)
                    .register(concat!($prefix, "list"), list)
                    .register(concat!($prefix, "limit"), limit)
                    .register(concat!($prefix, "blocks"), blocks)
                    .register(concat!($prefix, "dependants"), dependants)
                    .register(concat!($prefix, "nested"), nested)
                    .register(concat!($prefix, "children"), children)
                    .register(concat!($prefix, "exceptions"), exceptions)
                    .register(concat!($prefix, "deadline"), deadline)
                    .register(concat!($prefix, "all_errors"), all_errors)
                    .register(concat!($prefix, "first_error"), first_error)
                    .register(concat!($prefix, "completions"), completions)
                    .register(concat!($prefix, "function"), function)
            }
        }
    };
}

forms!(with_poll_all, "", poll_all);
forms!(plain, "plain.",);

pub(crate) fn register(registry: OrchestrationRegistryBuilder) -> OrchestrationRegistryBuilder {
    plain::register(with_poll_all::register(registry))
}
