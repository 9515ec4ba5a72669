//! How each mistake reads. `.ci/bless ui` writes the texts anew; `spans.rs` checks the places.
//! `cargo test --test ui -- mistakes trybuild=bars` does so with a part of them.

#[path = "mod.rs"]
mod diagnostics;

use std::env;
use std::process::Command;

use diagnostics::root;

/// trybuild looks for the programs below the current folder, and takes their dependencies and the paths that are shown from the
/// package that `CARGO_MANIFEST_DIR` names. Both have to be those of `gather`, and a process cannot safely change its own
/// environment: so the test runs itself again.
#[test]
fn mistakes() {
    const PACKAGE: &str = "CARGO_MANIFEST_DIR";
    if env::var_os(PACKAGE).is_some_and(|package| package == root()) {
        assert!(env::current_dir().is_ok_and(|folder| folder == root()), "no program is found elsewhere");
        trybuild::TestCases::new().compile_fail("tests/diagnostics/ui/*/*.rs");
        return;
    }
    let mut again = Command::new(env::current_exe().expect("the path of this test"));
    again.args(["mistakes", "--nocapture"]).args(env::args_os().skip(1)).env(PACKAGE, root()).current_dir(root());
    assert!(again.status().expect("the test starts again").success());
}
