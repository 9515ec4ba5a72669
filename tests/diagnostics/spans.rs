//! Where each mistake is reported: one error per mistake, on the user's own tokens, and nothing else.
//!
//! The cases are those of `ui.rs`. What is to be reported is marked on the line below it, each mark one error or lint:
//!
//! ```text
//! gather!(list, f(1))
//! //~     ^^^^
//! ```
//!
//! Wordings may change without a change here.

#[path = "mod.rs"]
mod diagnostics;

use std::fmt::Write as _;

use diagnostics::cases::{self, Case};
use diagnostics::rustc::{self, Report};

#[test]
fn every_mistake_is_reported_once_and_where_it_was_made() {
    let cases = cases::below("tests/diagnostics/ui");
    assert!(cases.len() > 40, "the cases are not found");
    let reports =
        rustc::check("spans", "futures = \"0.3\"\ntokio = { version = \"1\", features = [\"full\"] }", &cases);
    let mut wrong = String::new();
    for case in &cases {
        let found: Vec<&Report> = reports.iter().filter(|report| report.file == case.path).collect();
        compare(case, &found, &mut wrong);
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

fn compare(case: &Case, found: &[&Report], wrong: &mut String) {
    let name = case.path.display();
    for report in found {
        if !case.marks.iter().any(|mark| report.primary.iter().all(|place| mark.holds(*place))) {
            let _ = writeln!(wrong, "{name}:{}: not marked: {}", report.primary[0], report.message);
        }
    }
    for mark in &case.marks {
        let reported = found.iter().filter(|report| mark.holds(report.primary[0])).count();
        if reported != 1 {
            let _ = writeln!(wrong, "{name}:{mark}: marked, and reported {reported} times");
        }
    }
}
