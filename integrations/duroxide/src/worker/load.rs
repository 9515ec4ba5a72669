//! Many members: a group under a limit, a whole group, and the engine's own `join`.

use duroxide::runtime::registry::OrchestrationRegistryBuilder;
use duroxide::{DurableFuture, OrchestrationContext};
use gather::gather;

use crate::started;

/// The input is their number.
fn members(ctx: &OrchestrationContext, input: &str) -> impl Iterator<Item = DurableFuture<Result<String, String>>> {
    let count = input.parse().expect("a number");
    (0..count).map(|i: u32| started(ctx, i, 0))
}

fn sum(results: Vec<Result<String, String>>) -> Result<String, String> {
    let results = results.into_iter().collect::<Result<Vec<_>, _>>()?;
    Ok(results.concat())
}

async fn group(ctx: OrchestrationContext, input: String) -> Result<String, String> {
    sum(gather!(*members(&ctx, &input); limit = 64, poll_all).await)
}

async fn whole(ctx: OrchestrationContext, input: String) -> Result<String, String> {
    sum(gather!(*members(&ctx, &input); poll_all).await)
}

async fn join(ctx: OrchestrationContext, input: String) -> Result<String, String> {
    sum(ctx.join(members(&ctx, &input).collect()).await)
}

pub(crate) fn register(registry: OrchestrationRegistryBuilder) -> OrchestrationRegistryBuilder {
    registry.register("load.group", group).register("load.whole", whole).register("load.join", join)
}
