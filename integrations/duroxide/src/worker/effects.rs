//! What activities did, a line each: `word label instance activity process`.
//!
//! Which activity it is, as the engine counts them, only the engine's own log says.

use std::fmt::{Debug, Write as _};
use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};

use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;

struct Effects(File);

#[derive(Default)]
struct Fields {
    message: String,
    instance: String,
    activity: String,
}

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let text = match field.name() {
            "message" => &mut self.message,
            "instance_id" => &mut self.instance,
            "activity_id" => &mut self.activity,
            _ => return,
        };
        let _ = write!(text, "{value:?}");
    }
}

impl<S: Subscriber> Layer<S> for Effects {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() == "duroxide::activity" {
            let mut fields = Fields::default();
            event.record(&mut fields);
            let Fields { message, instance, activity } = fields;
            let line = format!("{message} {instance} {activity} {}\n", std::process::id());
            // At once, and as a whole: the next moment may be the process's last.
            (&self.0).write_all(line.as_bytes()).expect("the log can be written");
        }
    }
}

/// Writes what activities do to the end of the file `path`, and drops the rest of what the engine logs.
pub(crate) fn write_to(path: &str) -> io::Result<()> {
    let file = OpenOptions::new().create(true).append(true).open(path)?;
    tracing_subscriber::registry().with(Effects(file)).init();
    Ok(())
}
