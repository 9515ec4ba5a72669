//! How far the work is: a bar on a terminal, plain lines elsewhere. Both go to stderr.

use std::cell::Cell;
use std::io::{self, IsTerminal};
use std::time::Duration;

use indicatif::{HumanBytes, ProgressBar, ProgressStyle};

pub(crate) struct Progress {
    files: usize,
    done: Cell<usize>,
    bytes: Cell<u64>,
    bar: Option<ProgressBar>,
}

impl Progress {
    pub(crate) fn of(files: usize) -> Self {
        let bar = io::stderr().is_terminal().then(|| bar(files));
        Self { files, done: Cell::new(0), bytes: Cell::new(0), bar }
    }

    /// Counts `file` as done when it ends, with an error too.
    pub(crate) async fn counted<T>(&self, file: impl Future<Output = T>) -> T {
        let output = file.await;
        self.file_done();
        output
    }

    pub(crate) fn read(&self, bytes: u64) {
        self.bytes.set(self.bytes.get() + bytes);
        if let Some(bar) = &self.bar {
            bar.set_message(HumanBytes(self.bytes.get()).to_string());
        }
    }

    pub(crate) fn finish(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }

    fn file_done(&self) {
        let before = self.done.get();
        let now = before + 1;
        self.done.set(now);
        match &self.bar {
            Some(bar) => bar.inc(1),
            // A line for every tenth of the work: a log does not want one for every file.
            None if now * 10 / self.files > before * 10 / self.files => {
                eprintln!("tally: {now} of {} files", self.files);
            }
            None => {}
        }
    }
}

fn bar(files: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("{spinner} {wide_bar} {pos}/{len} files, {msg}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    let bar = ProgressBar::new(files as u64).with_style(style);
    // Shows that one large file is still being read.
    bar.enable_steady_tick(Duration::from_millis(100));
    bar
}
