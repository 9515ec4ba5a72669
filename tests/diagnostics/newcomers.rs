//! Wrong programs as newcomers write them, scored by what rustc says of each.
//!
//! A program has one mistake, and one mark on the tokens that are wrong:
//!
//! ```text
//! //! `gather(coros)`, which asyncio refuses at run time.
//! //!
//! //! mistake: list of futures
//! //! fix: `*`
//!
//! let users = gather!(coros).await;
//! //~                 ^^^^^
//! ```
//!
//! There is a point for each of: it is refused or linted; that is reported inside the mark, all of it; the report has the
//! words that name the mistake and the fix. `cargo test --test newcomers -- --nocapture` prints the table.

#[path = "mod.rs"]
mod diagnostics;
mod page;

use std::fmt;
use std::sync::LazyLock;

use diagnostics::cases::{self, Case};
use diagnostics::rustc::{self, Report};

const DEPENDENCIES: &str = "anyhow = \"1\"\nfutures = \"0.3\"\ntokio = { version = \"1\", features = [\"full\"] }";

struct Score {
    name: String,
    /// Errors and lints.
    reports: usize,
    lines: usize,
    refused: bool,
    on_the_token: bool,
    /// Of "mistake" and "fix".
    not_named: Vec<&'static str>,
}

static PROGRAMS: LazyLock<(Vec<Case>, Vec<Report>)> = LazyLock::new(|| {
    let cases = cases::below("tests/diagnostics/newcomers");
    let reports = rustc::check("newcomers", DEPENDENCIES, &cases);
    (cases, reports)
});

#[test]
fn newcomers_are_told_what_is_wrong_and_what_to_write() {
    let (cases, reports) = &*PROGRAMS;
    assert!(cases.len() >= 50, "the programs are not found");
    let scores: Vec<Score> = cases.iter().map(|case| score(case, reports)).collect();

    println!("{:<44} errors lines refused on-token names", "program");
    for score in &scores {
        println!("{score}");
    }
    let points: usize = scores.iter().map(Score::points).sum();
    let possible = 3 * scores.len();
    let repeated: Vec<&str> =
        scores.iter().filter(|score| score.reports > 1).map(|score| score.name.as_str()).collect();
    println!("{points} of {possible} points; more than one report: {repeated:?}");
    // What rustc says before the macro, or of what the group gave, cannot be helped from here.
    assert!(possible - points <= 9, "{points} of {possible} points");
    assert!(repeated.len() <= 3, "more than one report each: {repeated:?}");
}

#[test]
fn the_page_shows_what_rustc_says() {
    let (cases, reports) = &*PROGRAMS;
    let said = |name: &str| {
        let case = cases.iter().find(|case| self::name(case) == name);
        let case = case.unwrap_or_else(|| panic!("the page shows {name}, which is no program"));
        page::shown(&reports.iter().filter(|report| report.file == case.path).collect::<Vec<_>>())
    };
    page::compare(said);
}

/// `area/program`
fn name(case: &Case) -> String {
    let parts: Vec<_> = case.path.iter().rev().take(2).map(|part| part.to_string_lossy()).collect();
    format!("{}/{}", parts[1], parts[0].trim_end_matches(".rs"))
}

fn score(case: &Case, reports: &[Report]) -> Score {
    let name = name(case);
    let [mark] = case.marks[..] else { panic!("{name} has {} marks instead of one", case.marks.len()) };
    let found: Vec<&Report> = reports.iter().filter(|report| report.file == case.path).collect();
    // What is refused besides counts; what is only linted besides an error is seen in the number of reports.
    let errors = found.iter().any(|report| report.is_error);
    let heard = || found.iter().filter(|report| report.is_error || !errors);
    let said = |word: &&str| {
        let line =
            case.source.lines().find_map(|line| line.strip_prefix("//! ")?.strip_prefix(word)?.strip_prefix(':'));
        let wanted = line.unwrap_or_else(|| panic!("{name} does not say what to expect of `{word}`"));
        heard().any(|report| report.words.contains(wanted.trim()))
    };
    let inside = |report: &&Report| report.primary.iter().all(|place| mark.holds(*place));
    Score {
        reports: found.len(),
        lines: found.iter().map(|report| report.rendered.trim_end().lines().count()).sum(),
        refused: !found.is_empty(),
        on_the_token: !found.is_empty() && heard().all(inside),
        not_named: ["mistake", "fix"].into_iter().filter(|word| !said(word)).collect(),
        name,
    }
}

impl Score {
    fn points(&self) -> usize {
        [self.refused, self.on_the_token, self.not_named.is_empty()].into_iter().filter(|point| *point).count()
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let yes = |point: bool| if point { "yes" } else { "NO" };
        let named =
            if self.not_named.is_empty() { "both".to_owned() } else { format!("NO {}", self.not_named.join(", ")) };
        let (refused, placed) = (yes(self.refused), yes(self.on_the_token));
        write!(f, "{:<44} {:>6} {:>5} {refused:>7} {placed:>8} {named}", self.name, self.reports, self.lines)
    }
}
