//! One program, from its start to its end.

use std::process::Stdio;

use anyhow::{Context, anyhow, bail};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Command;

pub struct Program {
    pub number: usize,
    pub line: String,
}

impl Program {
    /// Passes on what the program prints, each line with the program's number. Dropping this future kills the program.
    pub async fn run(self) -> anyhow::Result<()> {
        let Self { number, line } = self;
        let mut words = line.split_whitespace();
        let name = words.next().context("a program has no name")?;
        let mut command = Command::new(name);
        command.args(words).stdin(Stdio::null()).stdout(Stdio::piped()).kill_on_drop(true);
        // A terminal sends Ctrl-C to its whole process group; here it is the supervisor that decides.
        #[cfg(unix)]
        command.process_group(0);

        let mut child = command.spawn().map_err(|e| anyhow!("`{line}`: {e}"))?;
        let stdout = child.stdout.take().context("it was asked for")?;
        let mut printed = BufReader::new(stdout).lines();
        while let Some(text) = printed.next_line().await? {
            println!("[{number}] {text}");
        }
        let status = child.wait().await?;
        if !status.success() {
            bail!("`{line}`: {status}");
        }
        Ok(())
    }
}
