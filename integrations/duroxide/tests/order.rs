//! The example as a reader runs it: killed in the middle by itself, it goes on at the next start.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("order_{name}_{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn order(folder: &Path, arguments: &[&str]) -> (Output, String) {
    let output =
        Command::new(env!("CARGO_BIN_EXE_order")).args(arguments).current_dir(folder).output().expect("the example");
    let text = String::from_utf8(output.stdout.clone()).expect("readable text");
    println!("$ order {}\n{text}", arguments.join(" "));
    (output, text)
}

#[test]
fn goes_on_after_it_was_killed() {
    let folder = folder("killed");
    let (output, first) = order(&folder, &["--crash-after", "3"]);
    assert_eq!(output.status.code(), None, "it is ended by a signal");
    assert!(first.starts_with("order-1: lamp,chair,shelf,desk\n"));
    assert!(first.ends_with("is killed, as by `kill -9`\n"));
    assert_eq!(first.matches(" gives: ").count(), 3);

    let (output, second) = order(&folder, &[]);
    assert!(output.status.success());
    assert!(second.starts_with("order-1 goes on\n"));
    assert!(second.ends_with("order-1: customer Ada: 36 EUR paid, on its way by north\n"));
    // The first had its place of the three, and had ended long before.
    assert!(!second.contains("customer (Ada) starts"));
    // The deadline cancels who is late.
    assert!(second.contains("offer (slowboat) is cancelled"));
    std::fs::remove_dir_all(folder).expect("it is there");
}

#[test]
fn says_what_failed() {
    let folder = folder("failed");
    let (output, text) = order(&folder, &["lamp", "unicorn"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text.ends_with("order-1 failed: member `stock[1]` failed: out of stock\n"));
    std::fs::remove_dir_all(folder).expect("it is there");
}
