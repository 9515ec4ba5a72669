//! The forms of a group, each with `poll_all` and, under the same name after `plain.`, without.

use std::collections::HashMap;
use std::future::{poll_fn, ready};
use std::sync::{LazyLock, Mutex};
use std::task::Poll;
use std::time::Duration;

use gather::{gather, gather_group};
use temporalio_macros::{activities, workflow, workflow_methods};
use temporalio_sdk::activities::{ActivityContext, ActivityError};
use temporalio_sdk::workflows::join_all;
use temporalio_sdk::{ActivityOptions, WorkflowContext, WorkflowResult};

use crate::histories::Swapped;

pub(crate) struct Activities;

#[activities]
impl Activities {
    #[activity]
    pub(crate) async fn work(_: ActivityContext, name: String) -> Result<String, ActivityError> {
        Ok(name)
    }
}

#[workflow]
#[derive(Default)]
pub struct Groups;

type Context = WorkflowContext<Groups>;
type Outcome = Result<String, String>;

async fn call(ctx: &Context, id: impl ToString) -> Outcome {
    let mut options = ActivityOptions::start_to_close_timeout(Duration::from_secs(5));
    options.activity_id = Some(id.to_string());
    ctx.execute_activity(Activities::work, id.to_string(), options).await.map_err(|error| error.to_string())
}

/// Two activities, one after the other.
async fn two(ctx: &Context, id: impl ToString) -> Outcome {
    let first = call(ctx, format!("{}a", id.to_string())).await?;
    let second = call(ctx, format!("{}b", id.to_string())).await?;
    Ok(first + &second)
}

/// Wakes its task, which is for the SDK alone.
async fn yield_now() -> Result<(), String> {
    let mut first = true;
    poll_fn(|cx| {
        if !std::mem::take(&mut first) {
            return Poll::Ready(Ok(()));
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await
}

/// The SDK's own, which wakes its task while it is polled.
async fn own_join_all(ctx: &Context) -> Outcome {
    let results = join_all((0..40).map(|i| Box::pin(call(ctx, i)))).await;
    results.into_iter().collect::<Result<Vec<_>, _>>().map(|results| results.concat())
}

macro_rules! forms {
    ($name:ident, $stages:ident, $($poll_all:ident)?) => {
        #[gather_group($($poll_all)?)]
        async fn $stages(ctx: &Context) -> Outcome {
            let x = call(ctx, "x").await?;
            let y = call(ctx, "y").await?;
            let z = call(ctx, y.replace('y', "z")).await?;
            let w = call(ctx, x.replace('x', "w")).await?;
            Ok(x + &y + &z + &w)
        }

        async fn $name(c: &Context, form: &str) -> Outcome {
            Ok(match form {
                "record" => {
                    let r = gather! { a => call(c, "a")?, b => call(c, "b")?, c => call(c, "c")?; $($poll_all)? }.await?;
                    r.a + &r.b + &r.c
                }
                "wide" => {
                    let r = gather!(
                        call(c, 0)?, call(c, 1)?, call(c, 2)?, call(c, 3)?, call(c, 4)?, call(c, 5)?,
                        call(c, 6)?, call(c, 7)?, call(c, 8)?, call(c, 9)?, call(c, 10)?, call(c, 11)?;
                        $($poll_all)?
                    );
                    let r = r.await?;
                    [r.0, r.1, r.2, r.3, r.4, r.5, r.6, r.7, r.8, r.9, r.10, r.11].concat()
                }
                "list_of_40" => gather!(*(0..40).map(|i| call(c, i))?; $($poll_all)?).await?.concat(),
                "list_of_100" => gather!(*(0..100).map(|i| call(c, i))?; $($poll_all)?).await?.concat(),
                "limit" => gather!(*(0..12).map(|i| call(c, i))?; limit = 4 $(, $poll_all)?).await?.concat(),
                "blocks_of_3" => {
                    let r = gather!(two(c, 0)?, two(c, 1)?, two(c, 2)?; $($poll_all)?).await?;
                    [r.0, r.1, r.2].concat()
                }
                "blocks_of_12" => gather!(*(0..12).map(|i| two(c, i))?; $($poll_all)?).await?.concat(),
                "completions" => {
                    let mut next = gather!(*(0..12).map(|i| two(c, i))?; as_completed $(, $poll_all)?);
                    let mut all = Vec::new();
                    while let Some(completed) = next.next().await {
                        all.push(completed?);
                    }
                    all.sort_unstable();
                    all.into_iter().map(|(_, result)| result).collect()
                }
                "dependants" => {
                    let r = gather! {
                        x => call(c, "x")?,
                        y => call(c, "y")?,
                        z => |y| call(c, y.replace('y', "z"))?,
                        w => |x| call(c, x.replace('x', "w"))?;
                        $($poll_all)?
                    };
                    let r = r.await?;
                    [r.x, r.y, r.z, r.w].concat()
                }
                "function" => $stages(c).await?,
                "yields" => gather!(call(c, "a")?, yield_now()?; $($poll_all)?).await?.0,
                "join_all_beside_one" => gather!(own_join_all(c)?, ready(1); $($poll_all)?).await?.0,
                "join_all_beside_eight" => {
                    let n = || ready(1);
                    gather!(own_join_all(c)?, n(), n(), n(), n(), n(), n(), n(), n(); $($poll_all)?).await?.0
                }
                "join_all_in_a_list" => gather!(*[own_join_all(c)]?; $($poll_all)?).await?.concat(),
                _ => unreachable!("no form is called {form}"),
            })
        }
    };
}

forms!(with_poll_all, stages_with_poll_all, poll_all);
forms!(plain, stages,);

static RESULTS: LazyLock<Mutex<HashMap<String, String>>> = LazyLock::new(Mutex::default);

/// What the workflow gave when it was last replayed.
pub(crate) fn result_of(form: &str, swapped: Swapped) -> String {
    let mut results = RESULTS.lock().expect("nobody panics here");
    results.remove(&input(form, swapped)).unwrap_or_else(|| "it has not ended".to_owned())
}

/// The workflow's input: what it does, and which replay it is.
pub(crate) fn input(form: &str, swapped: Swapped) -> String {
    format!("{form}/{swapped:?}")
}

#[workflow_methods]
impl Groups {
    #[run]
    pub async fn run(ctx: &mut WorkflowContext<Self>, input: String) -> WorkflowResult<String> {
        let form = input.split('/').next().unwrap_or_default();
        let outcome = match form.strip_prefix("plain.") {
            None => with_poll_all(ctx, form).await,
            Some(form) => plain(ctx, form).await,
        };
        let text = outcome.unwrap_or_else(|error| format!("error: {error}"));
        RESULTS.lock().expect("nobody panics here").insert(input, text.clone());
        Ok(text)
    }
}
