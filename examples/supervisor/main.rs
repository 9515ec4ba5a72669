//! Runs several programs side by side until all are done, one fails, or Ctrl-C is pressed; then none is left running.
//!
//! ```text
//! supervisor 'ls -l' 'sleep 5'
//! ```
//!
//! Each argument is a program with its arguments, separated by spaces. The programs are one spawned group:
//!
//! * awaiting it owns them, so the first failure ends the others, and the exception says whose it was;
//! * a `Canceller` brings Ctrl-C to all of them at once;
//! * an `on_done` callback reports the outcome, whatever it was, before anybody else learns of it.

mod program;

use std::env;
use std::process::ExitCode;

use gather::gather;
use program::Program;
use tokio::signal::ctrl_c;

/// What runs where nothing was asked for.
const DEMONSTRATION: [&str; 2] = if cfg!(windows) { ["hostname", "whoami"] } else { ["uname", "sleep 1"] };

/// As shells have it: 128 and the number of the signal.
const INTERRUPTED: u8 = 130;

// One thread: the programs do the work.
#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let lines = if arguments.is_empty() { DEMONSTRATION.map(String::from).to_vec() } else { arguments };
    let programs = lines.into_iter().enumerate().map(|(number, line)| Program { number, line });

    let group = gather! { program => *programs.map(Program::run)?; spawn };

    group.on_done(|outcome| match outcome {
        Ok(done) => eprintln!("supervisor: {} programs are done", done.program.len()),
        Err(exception) => eprintln!("supervisor: {exception}"),
    });

    let canceller = group.canceller();
    tokio::spawn(async move {
        if ctrl_c().await.is_ok() {
            canceller.cancel();
        }
    });

    match group.await {
        Ok(_) => ExitCode::SUCCESS,
        Err(exception) if exception.is_cancelled() => ExitCode::from(INTERRUPTED),
        Err(_) => ExitCode::FAILURE,
    }
}
