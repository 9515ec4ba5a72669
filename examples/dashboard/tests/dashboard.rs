//! The program, run as users run it.

use std::process::Command;

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("the example prints text")
}

#[test]
fn dashboard_names_its_results_and_the_member_that_fails() {
    let output = Command::new(env!("CARGO_BIN_EXE_dashboard")).output().expect("the example starts");
    let stdout = text(&output.stdout);
    assert_eq!(text(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0), "{stdout}");

    let parts: Vec<_> = stdout.split("\n\n").collect();
    let [complete, grouped, times, without_advice, failed] = parts[..] else {
        panic!("five parts are expected:\n{stdout}");
    };
    assert_eq!(
        complete,
        "all at once:
  user:   Ada (7)
  order:  1001 for 25 EUR, comes on Friday
  order:  1002 for 140 EUR, comes on Monday
  advice: a shelf for the lamp
  viewed: chair, lamp, shelf, desk, sofa, clock, vase, rug"
    );
    assert_eq!(grouped.replace("by #[gather_group]:", "all at once:"), complete);
    let [at_once, grouped, in_turn] = milliseconds(times)[..] else {
        panic!("three times are expected: {times}");
    };
    assert!(at_once < in_turn && grouped < in_turn, "{times}");
    assert!(without_advice.contains("  user:   Ada (7)\n"), "{without_advice}");
    assert!(without_advice.contains("  advice: none today (HTTP status server error (503"), "{without_advice}");
    assert!(failed.contains("  no page: member `orders` failed: HTTP status server error (503"), "{failed}");
}

/// The numbers before `ms`.
fn milliseconds(times: &str) -> Vec<u128> {
    let words: Vec<_> = times.split_whitespace().collect();
    words.windows(2).filter(|pair| pair[1] == "ms").map(|pair| pair[0].parse().expect("a time")).collect()
}
