//! Runs a random group, on an engine or in this process.

use std::future::{pending, poll_fn};
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;
use std::time::Duration;

use duroxide::OrchestrationContext;
use gather::{gather, gather_group};

use super::shape::{Read, Shape};

type Outcome = Result<String, String>;
type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// What runs the calls.
pub enum Machine {
    Engine(OrchestrationContext),
    /// Tokio, in this process.
    Here,
}

impl Machine {
    fn call(&self, label: usize, ms: u64, fails: bool) -> Boxed<'_, Outcome> {
        Box::pin(async move {
            match self {
                Self::Engine(ctx) => {
                    let fails = if fails { ":fails" } else { "" };
                    ctx.schedule_activity("work", format!("{label}:{ms}{fails}")).await
                }
                Self::Here => {
                    tokio::time::sleep(Duration::from_millis(ms)).await;
                    if fails { Err(format!("{label} fails")) } else { Ok(format!("{label}!")) }
                }
            }
        })
    }

    fn timer(&self, ms: u64) -> Boxed<'_, ()> {
        let duration = Duration::from_millis(ms);
        match self {
            Self::Engine(ctx) => Box::pin(ctx.schedule_timer(duration)),
            Self::Here => Box::pin(tokio::time::sleep(duration)),
        }
    }

    fn never(&self) -> Boxed<'_, Outcome> {
        match self {
            Self::Engine(ctx) => Box::pin(async { Ok(ctx.schedule_wait("never").await) }),
            Self::Here => Box::pin(pending()),
        }
    }
}

/// Each result, or its error, as text.
fn texts<E: std::fmt::Display>(results: impl IntoIterator<Item = Result<String, E>>) -> String {
    let text = |result: Result<String, E>| result.unwrap_or_else(|error| format!("<{error}>"));
    results.into_iter().map(text).collect::<Vec<_>>().join(",")
}

/// A fn that reads a list, with a limit or without.
macro_rules! list {
    ($name:ident($($argument:ident: $type:ty)?) $($limit:tt)*) => {
        async fn $name(machine: &Machine, items: &[Shape], read: Read $(, $argument: $type)?) -> Outcome {
            let items = items.iter().map(|item| run(machine, item));
            Ok(match read {
                Read::Whole => {
                    let r = gather! { items => *items?; name_errors, poll_all $($limit)* }.await;
                    r.map_err(|error| error.to_string())?.items.join(",")
                }
                Read::AllErrors => {
                    let r = gather!(*items?; all_errors, poll_all $($limit)*).await;
                    r.map_err(|errors| errors.to_string())?.join(",")
                }
                Read::Exceptions => texts(gather!(*items?; return_exceptions, poll_all $($limit)*).await),
                Read::AsCompleted => {
                    let mut next = gather!(*items; as_completed, poll_all $($limit)*);
                    let mut all = Vec::new();
                    while let Some(completed) = next.next().await {
                        all.push(completed);
                    }
                    all.sort_unstable();
                    texts(all.into_iter().map(|(_, result)| result))
                }
                Read::InOrder => {
                    let mut next = gather!(*items; in_order, poll_all $($limit)*);
                    let mut all = Vec::new();
                    while let Some(result) = next.next().await {
                        all.push(result);
                    }
                    texts(all)
                }
            })
        }
    };
}

list!(whole_list());
list!(limited_list(limit: usize), limit = limit);

/// Ends after something else has.
async fn after(machine: &Machine, dependency: &str, then: &Shape) -> Outcome {
    Ok(format!("{dependency}>{}", run(machine, then).await?))
}

async fn dependants(machine: &Machine, first: &[Shape; 2], then: &[Shape; 2], late: &[Shape]) -> Outcome {
    let (m, [x, y], [z, w]) = (machine, first, then);
    let r = gather! {
        x => run(m, x)?,
        y => run(m, y)?,
        z => |y| after(m, y, z)?,
        w => |x| after(m, x, w)?,
        late => *|w| late.iter().map(|item| after(m, w, item))?;
        poll_all
    }
    .await?;
    Ok(format!("({},{},{},{},[{}])", r.x, r.y, r.z, r.w, r.late.join(",")))
}

async fn exceptions(machine: &Machine, members: &[Shape; 3], list: &[Shape], panics: bool) -> Outcome {
    let (m, [x, y, z]) = (machine, members);
    let r = gather! {
        x => run(m, x)?,
        y => |x| after(m, x, y)?,
        z => async {
            let z = run(m, z).await?;
            if panics {
                panic!("{z} is broken");
            }
            Ok::<_, String>(z)
        }?,
        list => *list.iter().map(|item| run(m, item))?;
        return_exceptions, poll_all
    }
    .await;
    Ok(format!("{{{},[{}]}}", texts([r.x, r.y, r.z]), texts(r.list)))
}

async fn deadline(machine: &Machine, quick: &[Shape], never: usize, early: bool) -> Outcome {
    let ended = AtomicUsize::new(0);
    let until = async {
        if early {
            machine.timer(60).await;
        } else {
            // Whatever the speed of the machine, the quick ones have ended by then.
            poll_fn(|_| if ended.load(Ordering::Relaxed) == quick.len() { Poll::Ready(()) } else { Poll::Pending })
                .await;
            machine.timer(20).await;
        }
    };
    let counted = async |shape| {
        let result = run(machine, shape).await;
        ended.fetch_add(1, Ordering::Relaxed);
        result
    };
    let r = gather! {
        quick => *quick.iter().map(counted)?,
        never => *(0..never).map(|_| machine.never())?;
        return_exceptions, until = until, poll_all
    }
    .await;
    Ok(format!("until({};{})", texts(r.quick), texts(r.never)))
}

#[gather_group(poll_all)]
async fn stages(machine: &Machine, steps: &[Shape; 4]) -> Outcome {
    let [x, y, z, w] = steps;
    let x = run(machine, x).await?;
    let y = run(machine, y).await?;
    let z = after(machine, &y, z).await?;
    let w = after(machine, &x, w).await?;
    Ok(format!("fn({z},{w})"))
}

/// Runs `shape` on `machine`.
pub fn run<'a>(machine: &'a Machine, shape: &'a Shape) -> Boxed<'a, Outcome> {
    Box::pin(async move {
        match shape {
            &Shape::Call { label, ms, fails } => machine.call(label, ms, fails).await,
            Shape::Block(steps) => {
                let mut results = Vec::new();
                for step in steps {
                    results.push(run(machine, step).await?);
                }
                Ok(results.join(";"))
            }
            Shape::Record(members) => {
                let [x, y, z] = &**members;
                let r = gather! {
                    x => run(machine, x)?, y => run(machine, y)?, z => run(machine, z)?; name_errors, poll_all
                };
                let r = r.await.map_err(|error| error.to_string())?;
                Ok(format!("({},{},{})", r.x, r.y, r.z))
            }
            Shape::Wide(members) => {
                let [a, b, c, d, e, f, g, h, i, j] = &**members;
                let m = machine;
                let r = gather!(
                    run(m, a)?, run(m, b)?, run(m, c)?, run(m, d)?, run(m, e)?,
                    run(m, f)?, run(m, g)?, run(m, h)?, run(m, i)?, run(m, j)?;
                    poll_all
                )
                .await?;
                Ok([r.0, r.1, r.2, r.3, r.4, r.5, r.6, r.7, r.8, r.9].join(","))
            }
            Shape::List { items, limit, read } => {
                let results = match *limit {
                    None => whole_list(machine, items, *read).await?,
                    Some(limit) => limited_list(machine, items, *read, limit).await?,
                };
                Ok(format!("[{results}]"))
            }
            Shape::Dependants { first, then, late } => dependants(machine, first, then, late).await,
            Shape::Exceptions { members, list, panics } => exceptions(machine, members, list, *panics).await,
            Shape::Deadline { quick, never, early } => deadline(machine, quick, *never, *early).await,
            Shape::Stages(steps) => stages(machine, steps).await,
        }
    })
}
