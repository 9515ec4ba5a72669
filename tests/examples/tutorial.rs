//! The tutorial programs of asyncio, as users run them: the whole output and the exit code.

use crate::run_example::example;

struct Run {
    stdout: String,
    stderr: String,
    code: Option<i32>,
}

fn run(name: &str) -> Run {
    let output = example(name)
        .env_remove("RUST_BACKTRACE")
        .env_remove("RUST_LIB_BACKTRACE")
        .output()
        .expect("the example starts");
    Run {
        stdout: String::from_utf8(output.stdout).expect("the example prints text"),
        stderr: String::from_utf8(output.stderr).expect("the example prints text"),
        code: output.status.code(),
    }
}

/// `main starting`, a line for each task, and the lines of `end`.
fn lines(tasks: usize, end: &[&str]) -> String {
    let mut lines = vec!["main starting".to_owned()];
    lines.extend((0..tasks).map(|number| format!(">task {number} executing")));
    lines.extend(end.iter().map(|&line| line.to_owned()));
    lines.join("\n") + "\n"
}

fn succeeds(name: &str, stdout: &str) {
    let run = run(name);
    assert_eq!(run.stdout, stdout);
    assert_eq!(run.stderr, "");
    assert_eq!(run.code, Some(0));
}

#[test]
fn asyncio_one_coroutine() {
    succeeds("asyncio_one_coroutine", "main starting\ntask executing\nmain done\n");
}

#[test]
fn asyncio_three_coroutines() {
    succeeds("asyncio_three_coroutines", &lines(3, &["main done"]));
}

#[test]
fn asyncio_list_of_coroutines() {
    succeeds("asyncio_list_of_coroutines", &lines(10, &["main done"]));
}

#[test]
fn asyncio_return_values() {
    let values = "[0, 10, 20, 30, 40, 50, 60, 70, 80, 90]";
    succeeds("asyncio_return_values", &lines(10, &[values, "main done"]));
}

#[test]
fn asyncio_nested_groups() {
    succeeds("asyncio_nested_groups", &lines(6, &["main done"]));
}

#[cfg(feature = "tokio")]
#[test]
fn asyncio_tasks_and_coroutines() {
    let tasks = [1, 3, 0, 2, 4].map(|number| format!(">task {number} executing\n")).concat();
    succeeds("asyncio_tasks_and_coroutines", &format!("main starting\n{tasks}main done\n"));
}

#[test]
fn asyncio_failing_coroutine() {
    let run = run("asyncio_failing_coroutine");
    assert_eq!(run.stdout, lines(10, &[]));
    assert_eq!(run.stderr, "Error: Something bad happened\n");
    assert_eq!(run.code, Some(1));
}

#[test]
fn asyncio_return_exceptions() {
    let mut end = vec!["member `#0` failed: Something bad happened"];
    end.extend(["ok"; 9]);
    end.push("main done");
    succeeds("asyncio_return_exceptions", &lines(10, &end));
}

#[test]
fn asyncio_cancelled_task() {
    let run = run("asyncio_cancelled_task");
    assert_eq!(run.stdout, lines(2, &[]));
    // Between the two is tokio's number of the task.
    assert!(run.stderr.starts_with("Error: task "), "{}", run.stderr);
    assert!(run.stderr.ends_with(" was cancelled\n"), "{}", run.stderr);
    assert_eq!(run.code, Some(1));
}

// Without the feature a handle is a future like any other, and its `JoinError` an error of its own.
#[cfg(feature = "tokio")]
#[test]
fn asyncio_cancelled_task_return_exceptions() {
    succeeds("asyncio_cancelled_task_return_exceptions", &lines(2, &["member `#0` was cancelled", "ok", "main done"]));
}

#[cfg(feature = "tokio")]
#[test]
fn asyncio_cancelled_group() {
    let run = run("asyncio_cancelled_group");
    assert_eq!(run.stdout, lines(1, &[]));
    assert_eq!(run.stderr, "Error: the group was cancelled\n");
    assert_eq!(run.code, Some(1));
}

#[cfg(feature = "tokio")]
#[test]
fn asyncio_group_not_awaited() {
    succeeds("asyncio_group_not_awaited", &lines(0, &["main done"]));
}
