//! The programs of `examples/`, which `cargo test` builds beside the tests.
//!
//! `cargo test --test NAME` does not build them: it runs them as they were built last.

use std::env;
use std::process::Command;

/// Looked up from the running test, so that it is found in any target directory and profile.
pub(crate) fn example(name: &str) -> Command {
    let test = env::current_exe().expect("the path of this test");
    let profile = test.ancestors().nth(2).expect("a test lies in target/<profile>/deps");
    let program = profile.join("examples").join(format!("{name}{}", env::consts::EXE_SUFFIX));
    assert!(
        program.is_file(),
        "{} is missing; `cargo build --examples` makes it, as does `cargo test` of everything",
        program.display(),
    );
    Command::new(program)
}
