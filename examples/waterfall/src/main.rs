//! A page is put together of what several services give, and then shown as a waterfall: who was polled when, who waited for whom, who
//! failed, who was late.
//!
//! `cargo run --manifest-path examples/waterfall/Cargo.toml`, with `-- --perfetto trace.json` also as a file for
//! <https://ui.perfetto.dev>.

use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::time::Duration;

use clap::Parser;
use gather::gather;
use tokio::time::sleep;
use tracing::Subscriber;
use tracing_chrome::{ChromeLayerBuilder, EventOrSpan, TraceStyle};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt as _;
use waterfall::{Name, Picture, Recording, Style};

/// Shows what a group of requests does.
#[derive(Parser)]
struct Arguments {
    /// Write a trace for https://ui.perfetto.dev to this file.
    #[arg(long, value_name = "FILE")]
    perfetto: Option<PathBuf>,
    /// Columns of the picture, instead of those of the terminal.
    #[arg(long)]
    width: Option<usize>,
}

/// A request that takes some round trips.
async fn get<T>(round_trips: u32, ms: u64, value: T) -> Result<T, &'static str> {
    for _ in 0..round_trips {
        sleep(Duration::from_millis(ms)).await;
    }
    Ok(value)
}

async fn page() {
    let page = gather! {
        user => get(2, 12, "Ada"),
        orders => get(3, 14, vec![17, 4, 23]),
        prices => async { get(2, 9, ()).await?; Err::<Vec<u32>, _>("no price list") },
        products => *|orders| orders.clone().into_iter().map(|id| get(1, id, id)),
        total => |prices| get(1, 5, prices.iter().sum::<u32>()),
        advice => |user, orders| get(4, 20, format!("{user} might like {}", orders.len()));
        return_exceptions, limit = 3, timeout = Duration::from_millis(110)
    }
    .await;
    let products: Vec<_> = page.products.iter().flatten().collect();
    println!("user {:?}, orders {:?}, products {products:?}", page.user.ok(), page.orders.ok());
    for exception in [page.prices.err(), page.total.err(), page.advice.err()].into_iter().flatten() {
        println!("{exception}");
    }
}

/// The trace names each member's span by the member.
fn named<S: Subscriber + for<'a> LookupSpan<'a> + Send + Sync>(what: &EventOrSpan<'_, '_, S>) -> String {
    match what {
        EventOrSpan::Span(span) => {
            let name = span.extensions().get::<Name>().map(|name| name.0.clone());
            name.unwrap_or_else(|| span.name().to_owned())
        }
        EventOrSpan::Event(event) => event.metadata().name().to_owned(),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let arguments = Arguments::parse();
    let recording = Recording::default();
    // The file is complete when the guard is dropped.
    let (perfetto, _guard) = match arguments.perfetto {
        None => (None, None),
        Some(file) => {
            let builder = ChromeLayerBuilder::new().file(file).include_args(true).trace_style(TraceStyle::Async);
            let (layer, guard) = builder.name_fn(Box::new(named)).build();
            (Some(layer), Some(guard))
        }
    };
    tracing_subscriber::registry().with(recording.clone()).with(perfetto).init();

    page().await;

    let terminal = std::io::stdout().is_terminal();
    let known = terminal_size::terminal_size().map(|(columns, _)| usize::from(columns.0));
    let width = arguments.width.or(known).unwrap_or(100);
    let colours = terminal && std::env::var_os("NO_COLOR").is_none();
    println!("\n{}", Picture::of(&recording, Style { width, colours }));
}
