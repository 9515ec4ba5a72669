//! A process of the tests: it runs what is in a store, writes down what it does, and ends by being killed.
//!
//! `worker STORE LOG [AT_ONCE]` runs so many activities at once, until its standard input ends, as it does when the test is gone.

mod effects;
mod forms;
mod load;

use std::io::Read;
use std::time::Duration;

use duroxide::runtime::Runtime;
use duroxide::runtime::registry::{ActivityRegistry, OrchestrationRegistry};
use duroxide::{ActivityContext, OrchestrationContext};
use gather_on_duroxide::random;
use gather_on_duroxide::store::{Store, StoreError, options};

/// A future that starts an activity when it is first polled.
pub(crate) async fn call(ctx: &OrchestrationContext, label: impl std::fmt::Display, ms: u64) -> Result<String, String> {
    started(ctx, label, ms).await
}

/// An activity that is started where this is called.
pub(crate) fn started(
    ctx: &OrchestrationContext,
    label: impl std::fmt::Display,
    ms: u64,
) -> duroxide::DurableFuture<Result<String, String>> {
    ctx.schedule_activity("work", format!("{label}:{ms}"))
}

/// `label:ms` takes so long and gives `label!`; `label:ms:fails` fails.
async fn work(ctx: ActivityContext, input: String) -> Result<String, String> {
    let [label, ms, fails @ ..] = &input.split(':').collect::<Vec<_>>()[..] else {
        return Err(format!("{input} is no work"));
    };
    let ms = ms.parse().map_err(|error| format!("{input}: {error}"))?;
    ctx.trace_info(format!("start {label}"));
    tokio::select! {
        () = tokio::time::sleep(Duration::from_millis(ms)) => {}
        () = ctx.cancelled() => {
            ctx.trace_info(format!("cancelled {label}"));
            return Err("cancelled".to_owned());
        }
    }
    ctx.trace_info(format!("end {label}"));
    if fails.is_empty() { Ok(format!("{label}!")) } else { Err(format!("{label} fails")) }
}

/// The random group with the number `seed`.
async fn random(ctx: OrchestrationContext, seed: String) -> Result<String, String> {
    let seed = seed.parse().map_err(|error| format!("{seed}: {error}"))?;
    random::run(&random::Machine::Engine(ctx), &random::shape(seed)).await
}

#[tokio::main]
async fn main() -> Result<(), StoreError> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [store, log, at_once @ ..] = &arguments[..] else { return Err("usage: worker STORE LOG [AT_ONCE]".into()) };
    // Members of some groups panic, as they should.
    std::panic::set_hook(Box::new(|_| {}));
    effects::write_to(log)?;

    let activities = ActivityRegistry::builder().register("work", work).build();
    let orchestrations = load::register(forms::register(OrchestrationRegistry::builder()));
    let orchestrations = orchestrations.register("random", random).build();
    let store = Store::open(store).await?;
    let mut options = options(&store);
    if let [at_once] = at_once {
        options.worker_concurrency = at_once.parse()?;
    }
    let _engine = Runtime::start_with_options(store.provider(), activities, orchestrations, options).await;
    tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new())).await??;
    std::process::exit(0);
}
