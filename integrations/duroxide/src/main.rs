//! A group whose members run in any process, and which goes on after any crash.
//!
//! ```text
//! cargo run                          an order is handled
//! cargo run -- --crash-after 4       the process is killed after four activities; `cargo run` then goes on
//! cargo run -- lamp unicorn          one item is out of stock
//! cargo run --features postgres -- --postgres postgres://localhost/orders
//!                                    in two terminals: two processes share the work
//! ```

mod order;

use std::process::ExitCode;
use std::sync::atomic::AtomicUsize;
use std::time::{Duration, Instant};

use duroxide::runtime::{OrchestrationStatus, Runtime};
use duroxide::{Client, providers::ProviderError};
use gather_on_duroxide::store::{Store, StoreError, options};
use tracing_subscriber::EnvFilter;

use order::{Process, activities, orders};

struct Arguments {
    crash_after: Option<usize>,
    /// A file, or the address of a database.
    store: String,
    items: String,
}

fn arguments() -> Result<Arguments, StoreError> {
    let (mut crash_after, mut store, mut items) = (None, "order.db".to_owned(), Vec::new());
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or(format!("{word} needs a value"));
        match word.as_str() {
            "--crash-after" => crash_after = Some(value()?.parse()?),
            "--store" | "--postgres" => store = value()?,
            option if option.starts_with('-') => return Err(format!("no option is called {option}").into()),
            item => items.push(item.to_owned()),
        }
    }
    if items.is_empty() {
        items.extend(["lamp", "chair", "shelf", "desk"].map(str::to_owned));
    }
    Ok(Arguments { crash_after, store, items: items.join(",") })
}

/// The order that is not done yet, or a new one.
async fn order_to_handle(client: &Client, items: String) -> Result<String, StoreError> {
    if let Some(id) = client.list_instances_by_status("Running").await?.pop() {
        println!("{id} goes on");
        return Ok(id);
    }
    let id = format!("order-{}", client.list_all_instances().await?.len() + 1);
    println!("{id}: {items}");
    client.start_orchestration(&id, "order", items).await?;
    Ok(id)
}

#[tokio::main]
async fn main() -> Result<ExitCode, StoreError> {
    // What the engine logs of its own is for `RUST_LOG=duroxide=info`.
    tracing_subscriber::fmt().with_env_filter(EnvFilter::from_default_env()).init();
    let Arguments { crash_after, store, items } = arguments()?;
    let process: &'static Process =
        Box::leak(Box::new(Process { began: Instant::now(), ended: AtomicUsize::new(0), crash_after }));

    let store = Store::open(&store).await?;
    let client = Client::new(store.provider());
    let id = order_to_handle(&client, items).await?;
    let engine = Runtime::start_with_options(store.provider(), activities(process), orders(), options(&store)).await;
    let ended = client.wait_for_orchestration(&id, Duration::from_secs(600)).await?;
    // What is still in progress was cancelled; it is told so within a second.
    engine.shutdown(Some(3000)).await;
    match ended {
        OrchestrationStatus::Completed { output, .. } => println!("{id}: {output}"),
        OrchestrationStatus::Failed { details, .. } => {
            println!("{id} failed: {}", details.display_message());
            return Ok(ExitCode::FAILURE);
        }
        other => return Err(ProviderError::permanent("wait", format!("{other:?}")).into()),
    }
    Ok(ExitCode::SUCCESS)
}
