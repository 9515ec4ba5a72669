//! The one table of the options of both macros: parsing, did-you-mean, exclusions and completion all read it.

use proc_macro2::Ident;

use crate::errors::Errors;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Macro {
    /// `gather!(..; option)`
    Gather,
    /// `#[gather_group(option)]`
    GatherGroup,
}

/// One option of a group.
pub(crate) struct OptionRow {
    pub(crate) word: &'static str,
    pub(crate) slot: Slot,
    pub(crate) takes: Takes,
    /// The option as it is written when it is right.
    pub(crate) example: &'static str,
    /// What an editor shows of it in a call of `gather!`; `None` where it is no option of that.
    gather: Option<&'static str>,
    /// What an editor shows of it in `#[gather_group(..)]`; `None` where it is no option of that.
    gather_group: Option<&'static str>,
    /// The options of `gather!` that it cannot stand beside.
    pub(crate) excludes: &'static [&'static str],
}

impl OptionRow {
    fn docs(&self, of: Macro) -> Option<&'static str> {
        match of {
            Macro::Gather => self.gather,
            Macro::GatherGroup => self.gather_group,
        }
    }

    /// What is wrong where the option, written as `word`, lacks its value, or has one that it does not take.
    pub(crate) fn wrong_value(&self, word: &Ident) -> String {
        match self.takes {
            Takes::Nothing => format!("`{word}` takes no value: write `{word}` alone"),
            Takes::OptionalExpr => format!("nothing stands after this `=`: write `{word}` alone, or a value"),
            Takes::Expr | Takes::Type | Takes::Path => format!("`{word}` needs a value: write `{}`", self.example),
        }
    }
}

/// What the option says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Slot {
    Policy(Policy),
    Error,
    Limit,
    Timeout,
    Until,
    Spawn,
    Completions,
    PollAll,
    Crate,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Policy {
    ReturnExceptions,
    AllErrors,
    NameErrors,
}

/// What may stand after the `=`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Takes {
    Nothing,
    Expr,
    OptionalExpr,
    Type,
    Path,
}

const OPTIONS: &[OptionRow] = &[
    OptionRow {
        word: "return_exceptions",
        slot: Slot::Policy(Policy::ReturnExceptions),
        takes: Takes::Nothing,
        example: "return_exceptions",
        gather: Some("Every member runs to its end, and its field is a `Result` that holds what went wrong with it."),
        gather_group: None,
        excludes: &["all_errors", "name_errors"],
    },
    OptionRow {
        word: "all_errors",
        slot: Slot::Policy(Policy::AllErrors),
        takes: Takes::Nothing,
        example: "all_errors",
        gather: Some("Every member runs to its end, then the group yields all errors of its `?` members together."),
        gather_group: None,
        excludes: &["return_exceptions", "name_errors", "as_completed", "in_order"],
    },
    OptionRow {
        word: "name_errors",
        slot: Slot::Policy(Policy::NameErrors),
        takes: Takes::Nothing,
        example: "name_errors",
        gather: Some("The first error of a `?` member ends the group, and the error says which member it was."),
        gather_group: None,
        excludes: &["return_exceptions", "all_errors", "spawn"],
    },
    OptionRow {
        word: "error",
        slot: Slot::Error,
        takes: Takes::Type,
        example: "error = MyError",
        gather: Some("The error type of the group: the error of each `?` member is converted with `From`."),
        gather_group: None,
        excludes: &[],
    },
    OptionRow {
        word: "limit",
        slot: Slot::Limit,
        takes: Takes::Expr,
        example: "limit = 8",
        gather: Some("At most this many members are in progress at once, the items of unpacked lists included."),
        gather_group: Some(
            "At most this many members of a stage are in progress at once; evaluated when the fn begins.",
        ),
        excludes: &[],
    },
    OptionRow {
        word: "timeout",
        slot: Slot::Timeout,
        takes: Takes::Expr,
        example: "timeout = Duration::from_secs(1)",
        gather: Some("With `return_exceptions`: members that are not done after this `Duration` become `TimedOut`."),
        gather_group: None,
        excludes: &["poll_all"],
    },
    OptionRow {
        word: "until",
        slot: Slot::Until,
        takes: Takes::Expr,
        example: "until = shutdown.notified()",
        gather: Some("With `return_exceptions`: members that are not done when this future is become `Cancelled`."),
        gather_group: None,
        excludes: &[],
    },
    OptionRow {
        word: "spawn",
        slot: Slot::Spawn,
        takes: Takes::OptionalExpr,
        example: "spawn",
        gather: Some("Each member is a task of its own on the current tokio runtime, or on the given handle."),
        gather_group: None,
        excludes: &["name_errors", "as_completed", "in_order", "poll_all"],
    },
    OptionRow {
        word: "as_completed",
        slot: Slot::Completions,
        takes: Takes::Nothing,
        example: "as_completed",
        gather: Some(
            "Of a group that is one list: its results as they come, each with its position or key, from `next()`.",
        ),
        gather_group: None,
        excludes: &["in_order", "all_errors", "spawn"],
    },
    OptionRow {
        word: "in_order",
        slot: Slot::Completions,
        takes: Takes::Nothing,
        example: "in_order",
        gather: Some("Of a group that is one list: its results one by one in the order of the list, from `next()`."),
        gather_group: None,
        excludes: &["as_completed", "all_errors", "spawn"],
    },
    OptionRow {
        word: "poll_all",
        slot: Slot::PollAll,
        takes: Takes::Nothing,
        example: "poll_all",
        gather: Some(
            "Every poll polls all unfinished members in order with the task's own waker, so that it is deterministic: for engines that replay.",
        ),
        gather_group: Some(
            "Every poll polls all unfinished members of a stage in order with the task's own waker, so that it is deterministic: for engines that replay.",
        ),
        excludes: &["spawn", "timeout"],
    },
    OptionRow {
        word: "crate",
        slot: Slot::Crate,
        takes: Takes::Path,
        example: "crate = ::gather",
        gather: None,
        gather_group: Some("The path by which this library is reached."),
        excludes: &[],
    },
];

/// The options of a macro, each with what an editor shows of it.
pub(crate) fn of(which: Macro) -> impl Iterator<Item = (&'static OptionRow, &'static str)> + Clone {
    OPTIONS.iter().filter_map(move |row| Some((row, row.docs(which)?)))
}

fn words(of_macro: Macro) -> impl Iterator<Item = &'static str> + Clone {
    of(of_macro).map(|(row, _)| row.word)
}

pub(crate) fn find(of_macro: Macro, word: &str) -> Option<&'static OptionRow> {
    of(of_macro).map(|(row, _)| row).find(|row| row.word == word)
}

/// The option that was probably meant by a word that is none.
pub(crate) fn guess(of_macro: Macro, word: &Ident) -> Option<&'static OptionRow> {
    closest(&word.to_string(), words(of_macro)).and_then(|word| find(of_macro, word))
}

/// Reports each word that is no option, with what was probably meant, and each option that stands twice.
pub(crate) fn report_words<'a>(of_macro: Macro, typed: impl IntoIterator<Item = &'a Ident>, errors: &mut Errors) {
    let what = match of_macro {
        Macro::Gather => "option",
        Macro::GatherGroup => "argument",
    };
    let mut seen: Vec<&Ident> = Vec::new();
    for word in typed {
        if find(of_macro, &word.to_string()).is_none() {
            let advice = match guess(of_macro, word) {
                Some(row) => format!("did you mean `{}`?", row.word),
                None => format!("the {what}s are {}", listed(words(of_macro))),
            };
            errors.at(word.span(), format!("unknown {what} `{word}`: {advice}"));
        } else if seen.contains(&word) {
            errors.at(word.span(), format!("{what} `{word}` is given twice: remove one"));
        }
        seen.push(word);
    }
}

/// The known word that `word` is a slip of, if one is near enough.
pub(crate) fn closest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    known
        .into_iter()
        .map(|candidate| (distance(word, candidate), candidate))
        .filter(|(steps, candidate)| {
            let longer = length.max(candidate.chars().count());
            *steps < longer && *steps <= longer.max(3) / 3
        })
        .min_by_key(|(steps, _)| *steps)
        .map(|(_, candidate)| candidate)
}

/// `` `a`, `b`, `c` ``
pub(crate) fn listed<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let quoted: Vec<_> = words.into_iter().map(|word| format!("`{word}`")).collect();
    quoted.join(", ")
}

/// The number of letters to add, drop, change (a change of case is free) or swap with their neighbour.
fn distance(from: &str, to: &str) -> usize {
    let from: Vec<char> = from.to_lowercase().chars().collect();
    let to: Vec<char> = to.to_lowercase().chars().collect();
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=to.len()).collect();
    for (i, &left) in from.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, &right) in to.iter().enumerate() {
            let changed = last[j] + usize::from(left != right);
            let mut best = changed.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && left == to[j - 1] && from[i - 1] == right {
                best = best.min(before_last[j - 1] + 1);
            }
            row.push(best);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(word: &str) -> Option<&'static str> {
        closest(word, words(Macro::Gather))
    }

    #[test]
    fn slips_find_their_option() {
        for (slip, word) in [
            ("spwan", "spawn"),
            ("spawned", "spawn"),
            ("limt", "limit"),
            ("max_limit", "limit"),
            ("time_out", "timeout"),
            ("return_exception", "return_exceptions"),
            ("returnExceptions", "return_exceptions"),
            ("all_error", "all_errors"),
            ("named_errors", "name_errors"),
            ("errors", "error"),
            ("LIMIT", "limit"),
        ] {
            let expected = (slip != "max_limit").then_some(word);
            assert_eq!(meant(slip), expected, "{slip}");
        }
    }

    #[test]
    fn other_words_find_none() {
        for word in ["", "x", "fail_fast", "concurrency", "n", "retry"] {
            assert_eq!(meant(word), None, "{word}");
        }
        assert_eq!(closest("a", ["b", "c"]), None);
        assert_eq!(closest("usr", ["ads", "user"]), Some("user"));
        assert_eq!(closest("é", ["ads"]), None);
    }

    #[test]
    fn the_table_agrees_with_itself() {
        for row in OPTIONS {
            assert!(row.example.starts_with(row.word), "{}", row.word);
            for docs in [row.gather, row.gather_group].into_iter().flatten() {
                assert!(docs.ends_with('.'), "{}", row.word);
            }
            for other in row.excludes {
                let other = find(Macro::Gather, other).expect("an excluded option is an option");
                assert!(other.excludes.contains(&row.word), "{}", row.word);
            }
        }
    }
}
