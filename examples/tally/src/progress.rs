//! How far the work is: a bar with rate and time left on a terminal, plain lines elsewhere. Both go to stderr.

use std::io::{self, IsTerminal};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::walk::File;

/// Shared by the tasks that do the work.
pub(crate) struct Progress {
    files: usize,
    done: AtomicUsize,
    report: Report,
}

enum Report {
    Bar(ProgressBar),
    Lines,
    Nothing,
}

impl Progress {
    pub(crate) fn of(files: &[File]) -> Arc<Self> {
        let bytes = files.iter().map(|file| file.bytes).sum();
        let report = if io::stderr().is_terminal() { Report::Bar(bar(bytes)) } else { Report::Lines };
        Arc::new(Self { files: files.len(), done: AtomicUsize::new(0), report })
    }

    pub(crate) fn none() -> Arc<Self> {
        Arc::new(Self { files: 0, done: AtomicUsize::new(0), report: Report::Nothing })
    }

    /// Counts `file` as done when it ends, with an error too.
    pub(crate) async fn counted<T>(&self, file: impl Future<Output = T>) -> T {
        let output = file.await;
        let before = self.done.fetch_add(1, Ordering::Relaxed);
        match &self.report {
            Report::Bar(bar) => bar.set_message(format!("{} of {} files", before + 1, self.files)),
            // A line for every tenth of the work: a log does not want one for every file.
            Report::Lines if (before + 1) * 10 / self.files > before * 10 / self.files => {
                eprintln!("tally: {} of {} files", before + 1, self.files);
            }
            Report::Lines | Report::Nothing => {}
        }
        output
    }

    pub(crate) fn read(&self, bytes: u64) {
        if let Report::Bar(bar) = &self.report {
            bar.inc(bytes);
        }
    }

    pub(crate) fn finish(&self) {
        if let Report::Bar(bar) = &self.report {
            bar.finish_and_clear();
        }
    }
}

fn bar(bytes: u64) -> ProgressBar {
    let template = "{spinner} {wide_bar} {msg}, {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left";
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    let bar = ProgressBar::new(bytes).with_style(style);
    // Shows that one large file is still being read.
    bar.enable_steady_tick(Duration::from_millis(100));
    bar
}
