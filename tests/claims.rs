//! The small examples, one for each claim of the README: the whole output.

mod run_example;

use run_example::example;

#[track_caller]
fn prints(name: &str, stdout: &str) {
    let output = example(name).env_remove("RUST_BACKTRACE").output().expect("the example starts");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(String::from_utf8_lossy(&output.stdout), stdout);
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn results_are_read_by_name() {
    prints(
        "named_results",
        r#"user 7 has the orders [70, 71] and the friends ["user 3", "user 5"]
after 200 ms
Gathered { user: "user 7", orders: [70, 71], friends: ["user 3", "user 5"] }
"#,
    );
}

#[test]
fn the_first_error_drops_the_siblings() {
    prints(
        "first_error",
        r#"the error itself:
  quick ends
  bad ends
  slow is dropped
Err("no luck after 50 ms")
with the name of the member:
  quick ends
  bad ends
  slow is dropped
member `files[1]` failed: no luck after 50 ms
"#,
    );
}

#[test]
fn all_errors_are_told_together() {
    prints(
        "all_errors",
        r#"Ada Lovelace, 36
2 mistakes
member `first_name` failed: is empty
member `age` failed: "many" is no number
"#,
    );
}

#[cfg(feature = "tokio")]
#[test]
fn each_field_says_how_its_member_ended() {
    prints(
        "return_exceptions",
        "port 8080
member `bad` failed: invalid digit found in string
port 1
member `list[1]` failed: invalid digit found in string
member `broken` panicked: a bug
member `slow` timed out
",
    );
}

#[test]
fn members_start_when_there_is_a_place() {
    prints(
        "limited",
        "  0 ms: job 1 is made
  0 ms: job 2 is made
100 ms: job 1 ends, one of 2
100 ms: job 2 ends, one of 1
100 ms: job 3 is made
100 ms: job 4 is made
200 ms: job 3 ends, one of 2
200 ms: job 4 ends, one of 1
200 ms: job 5 is made
300 ms: job 5 ends, one of 1
[1, 4, 9, 16, 25]
",
    );
}

#[test]
fn results_come_as_they_complete() {
    prints(
        "crawler",
        "/ has 3 links
/about has 0 links
/blog has 2 links
/blog/1 has 1 links
/blog/2 has 1 links
/docs has 3 links
/docs/errors has 0 links
/docs/lists has 2 links
/lost: 404
",
    );
    prints(
        "quorum_read",
        r#"Ok(Versioned { version: 2, value: "coffee" })
Err(["a is down", "c is read-only"])
"#,
    );
}

#[cfg(feature = "tokio")]
#[test]
fn who_awaits_a_spawned_group_owns_it() {
    prints(
        "spawned",
        r#"members run before the group is awaited:
  a ends
  b ends
  done: true
  Ok(30)
awaited: the first error cancels the siblings
  bad ends
  slow is cancelled
  member `bad` failed: no luck
watched: the siblings run on after the first error
  bad ends
  callback: failed
  Some("member `#0` failed: no luck")
  slow ends
cancelled from elsewhere:
  a is cancelled
  b is cancelled
  Err("the group was cancelled")
a dropped handle detaches:
  a ends
unless it is a guard:
  a is cancelled
the runtime ends with `main`, and the members with it:
  a is cancelled
"#,
    );
}

#[cfg(feature = "tokio")]
#[test]
fn task_locals_end_at_spawn() {
    prints(
        "task_locals",
        "in-task:   Some(7)
spawned:   None
handed on: Some(7)
",
    );
}

#[test]
fn members_start_when_those_they_wait_for_are_done() {
    prints(
        "dependencies",
        "  0 ms: user starts
  0 ms: orders starts
 50 ms: friends starts
 80 ms: advice starts
 90 ms: Ada, 2 orders
the friends of Ada, Ada has spent 165
 90 ms: weather starts
member `user` failed: no such user
member `friends` was skipped: a dependency failed
rain
",
    );
}
