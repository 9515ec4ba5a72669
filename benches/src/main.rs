//! The commands that measure time.
#![forbid(unsafe_code)]

use std::env;
use std::process::ExitCode;

use gather_benches::arguments::Selection;
use gather_benches::{callgrind, fairness, ratios, spawned};

const USAGE: &str =
    "gather-benches ratios [--only A1,B2,..] [--n 8,64,..] [--no-wall] [--no-instructions] [--peers] [--bias]";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}\n\n{USAGE}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<(), String> {
    let (command, rest) = arguments.split_first().ok_or("no command")?;
    match command.as_str() {
        "ratios" => ratios::print(rest, &Selection::parse(rest)?).map_err(|e| e.to_string()),
        "spawned" => spawned::print(),
        "fairness" => fairness::print(),
        // What `ratios` runs under valgrind.
        "counted" => {
            callgrind::run_counted(&Selection::parse(rest)?);
            Ok(())
        }
        other => Err(format!("unknown command {other}")),
    }
}
