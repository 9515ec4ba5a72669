//! What `gather!` costs, beside its peers and the floor. CONTRIBUTING.md has the commands.
#![recursion_limit = "512"]
#![forbid(unsafe_code)]

mod arguments;
mod bias;
mod callgrind;
mod cells;
mod goals;
mod ours;
mod ratios;
mod wall;

use std::env;
use std::process::ExitCode;

use arguments::Selection;

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
        // What `ratios` runs under valgrind.
        "counted" => {
            callgrind::run_counted(&Selection::parse(rest)?);
            Ok(())
        }
        other => Err(format!("unknown command {other}")),
    }
}
