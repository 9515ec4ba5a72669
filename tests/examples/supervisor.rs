//! `examples/supervisor`, run as users run it, with programs that every Unix has.
//!
//! The programs inherit the supervisor's stderr, so its end is reached only when none of them is left.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};

use crate::run_example::example;

struct Run {
    stdout: String,
    stderr: String,
    code: Option<i32>,
}

fn start(programs: &[&str]) -> Child {
    let mut supervisor = example("supervisor");
    supervisor.args(programs).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    supervisor.spawn().expect("the example starts")
}

fn run(programs: &[&str]) -> Run {
    let output = start(programs).wait_with_output().expect("the example ends");
    let text = |bytes| String::from_utf8(bytes).expect("the example prints text");
    Run { stdout: text(output.stdout), stderr: text(output.stderr), code: output.status.code() }
}

#[test]
fn all_are_done() {
    let run = run(&["echo one two", "true"]);
    assert_eq!(run.stdout, "[0] one two\n");
    assert_eq!(run.stderr, "supervisor: 2 programs are done\n");
    assert_eq!(run.code, Some(0));
}

#[test]
fn the_demonstration() {
    let run = run(&[]);
    let system = Command::new("uname").output().expect("every Unix has it");
    assert_eq!(run.stdout, format!("[0] {}", String::from_utf8_lossy(&system.stdout)));
    assert_eq!(run.stderr, "supervisor: 2 programs are done\n");
    assert_eq!(run.code, Some(0));
}

#[test]
fn the_one_that_fails_is_named_and_ends_the_others() {
    let run = run(&["sleep 600", "false", "sleep 601"]);
    assert_eq!(run.stdout, "");
    assert_eq!(run.stderr, "supervisor: member `program[1]` failed: `false`: exit status: 1\n");
    assert_eq!(run.code, Some(1));
}

#[test]
fn one_that_cannot_be_started() {
    let run = run(&["sleep 600", "/no/such/program with arguments"]);
    assert_eq!(run.stdout, "");
    assert_eq!(
        run.stderr,
        "supervisor: member `program[1]` failed: `/no/such/program with arguments`: \
         No such file or directory (os error 2)\n"
    );
    assert_eq!(run.code, Some(1));
}

#[test]
fn ctrl_c_ends_all() {
    let mut supervisor = start(&["sleep 600", "echo ready", "sleep 601"]);
    let mut stdout = BufReader::new(supervisor.stdout.take().expect("it is piped"));
    let mut stderr = supervisor.stderr.take().expect("it is piped");
    let mut line = String::new();
    stdout.read_line(&mut line).expect("the example prints text");
    assert_eq!(line, "[1] ready\n");

    let interrupt = Command::new("kill").args(["-s", "INT", &supervisor.id().to_string()]).status();
    assert!(interrupt.expect("every Unix has it").success());

    let (mut rest, mut report) = (String::new(), String::new());
    stdout.read_to_string(&mut rest).expect("the example prints text");
    stderr.read_to_string(&mut report).expect("the example prints text");
    assert_eq!(rest, "");
    assert_eq!(report, "supervisor: the group was cancelled\n");
    assert_eq!(supervisor.wait().expect("the example ends").code(), Some(130));
}
