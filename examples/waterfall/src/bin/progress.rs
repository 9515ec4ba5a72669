//! Progress bars over a limited list: the spans that a group has anyway become one line for each item that is in progress, and a span
//! of the program's own becomes the bar of them all.
//!
//! `cargo run --manifest-path examples/waterfall/Cargo.toml --bin progress`

use std::time::Duration;

use gather::gather;
use tokio::time::sleep;
use tracing::{Instrument as _, Span, info_span};
use tracing_indicatif::IndicatifLayer;
use tracing_indicatif::span_ext::IndicatifSpanExt as _;
use tracing_indicatif::style::ProgressStyle;
use tracing_subscriber::fmt::format::debug_fn;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

const FILES: u64 = 24;

/// A download that takes a while.
async fn download(file: u64) -> u64 {
    let parts = 2 + file * 7 % 5;
    for _ in 0..parts {
        sleep(Duration::from_millis(60)).await;
    }
    parts
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_spinner())
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    // Of a member its name, and nothing else.
    let names = debug_fn(|writer, field, value| match field.name() {
        "member" => write!(writer, "file {value:?}"),
        "members" => write!(writer, "in progress"),
        _ => Ok(()),
    });
    let bars = IndicatifLayer::new()
        .with_span_field_formatter(names)
        .with_progress_style(style("{span_child_prefix}{spinner} {span_fields} {elapsed}"));
    tracing_subscriber::registry().with(bars).init();

    let all = info_span!("download");
    all.pb_set_style(&style("{wide_bar} {pos}/{len}"));
    all.pb_set_length(FILES);
    let files = (0..FILES).map(|file| {
        let all: Span = all.clone();
        async move {
            let parts = download(file).await;
            all.pb_inc(1);
            parts
        }
    });
    let parts = gather!(*files; limit = 4).instrument(all.clone()).await;
    drop(all);
    println!("{} parts of {FILES} files", parts.iter().sum::<u64>());
}
