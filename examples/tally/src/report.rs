//! What is printed at the end: the hashes to stdout, the rest to stderr.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use gather::Exception;

use crate::digest::Digest;
use crate::walk::Found;

#[derive(Default)]
pub(crate) struct Report {
    digests: Vec<(PathBuf, Digest)>,
    unreadable: Vec<String>,
    special: usize,
}

impl Report {
    pub(crate) fn of(found: Found, digests: Vec<Result<Digest, Exception<io::Error>>>) -> Self {
        let mut report = Self { special: found.special, ..Self::default() };
        for (file, digest) in found.files.into_iter().zip(digests) {
            match digest {
                Ok(digest) => report.digests.push((file.path, digest)),
                Err(exception) => report.unreadable.push(problem(&file.path, exception)),
            }
        }
        for error in found.unlisted {
            report.unreadable.push(error.to_string());
        }
        report
    }

    pub(crate) fn is_complete(&self) -> bool {
        self.unreadable.is_empty()
    }

    pub(crate) fn print(&self) -> io::Result<()> {
        match self.print_digests() {
            // The reader, `head` for instance, has seen enough.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
            other => other?,
        }
        for problem in &self.unreadable {
            eprintln!("tally: {problem}");
        }
        eprintln!("tally: {}", self.summary());
        Ok(())
    }

    fn print_digests(&self) -> io::Result<()> {
        let mut out = BufWriter::new(io::stdout().lock());
        for (file, digest) in &self.digests {
            for byte in digest.sha256 {
                write!(out, "{byte:02x}")?;
            }
            writeln!(out, "  {}", shown(file))?;
        }
        out.flush()
    }

    fn summary(&self) -> String {
        let bytes: u64 = self.digests.iter().map(|(_, digest)| digest.bytes).sum();
        let mut summary = vec![format!("{} files", self.digests.len()), format!("{bytes} bytes")];
        if !self.unreadable.is_empty() {
            summary.push(format!("{} unreadable", self.unreadable.len()));
        }
        if self.special > 0 {
            summary.push(format!("{} special files skipped", self.special));
        }
        summary.join(", ")
    }
}

fn problem(file: &Path, exception: Exception<io::Error>) -> String {
    // The path says more than the member's own name, its place in the list.
    match exception.into_error() {
        Ok(error) => format!("{}: {error}", shown(file)),
        Err(other) => format!("{}: {other}", shown(file)),
    }
}

/// The path as it is where a terminal can show it, and with escapes where it cannot.
#[expect(clippy::unnecessary_debug_formatting, reason = "it is what escapes a name")]
pub(crate) fn shown(path: &Path) -> String {
    match path.to_str() {
        Some(text) if !text.contains(char::is_control) => text.to_owned(),
        _ => format!("{path:?}"),
    }
}
