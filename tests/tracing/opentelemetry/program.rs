//! A group inside a request, whose trace is printed.

use gather::gather;
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_sdk::trace::SdkTracerProvider;
use tracing::{Instrument as _, info_span};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let provider =
        SdkTracerProvider::builder().with_simple_exporter(opentelemetry_stdout::SpanExporter::default()).build();
    let layer = tracing_opentelemetry::layer().with_tracer(provider.tracer("shop"));
    tracing_subscriber::registry().with(layer).init();

    let page = async {
        let page = gather! {
            user => async { Ok::<_, &str>(1) },
            orders => async { Err::<u8, _>("no orders") },
            advice => |orders| async { *orders },
            tasks => async { gather!(async { 3 }; spawn).await };
            return_exceptions
        };
        let page = page.await;
        assert!(page.orders.is_err() && page.advice.is_err());
        assert!(page.tasks.is_ok_and(|(task,)| task == 3));
        page.user
    };
    assert_eq!(page.instrument(info_span!("request")).await, Ok(1));
    provider.shutdown().expect("a trace");
}
