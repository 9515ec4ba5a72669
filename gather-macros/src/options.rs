//! The one table of the options: parsing, did-you-mean and completion all read it.

use crate::ast::Policy;

/// One option of a group.
pub(crate) struct OptionRow {
    pub(crate) word: &'static str,
    pub(crate) slot: Slot,
    pub(crate) takes: Takes,
    /// The option as it is written when it is right.
    pub(crate) example: &'static str,
    pub(crate) docs: &'static str,
    pub(crate) excludes: &'static [&'static str],
}

/// Where the ast keeps the option.
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
}

/// What may stand after the `=`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Takes {
    Nothing,
    Expr,
    OptionalExpr,
    Type,
}

pub(crate) const OPTIONS: &[OptionRow] = &[
    OptionRow {
        word: "return_exceptions",
        slot: Slot::Policy(Policy::ReturnExceptions),
        takes: Takes::Nothing,
        example: "return_exceptions",
        docs: "Every member runs to its end, and its field is a `Result` that holds what went wrong with it.",
        excludes: &["all_errors", "name_errors"],
    },
    OptionRow {
        word: "all_errors",
        slot: Slot::Policy(Policy::AllErrors),
        takes: Takes::Nothing,
        example: "all_errors",
        docs: "Every member runs to its end, then the group yields all errors of its `?` members together.",
        excludes: &["return_exceptions", "name_errors", "as_completed", "in_order"],
    },
    OptionRow {
        word: "name_errors",
        slot: Slot::Policy(Policy::NameErrors),
        takes: Takes::Nothing,
        example: "name_errors",
        docs: "The first error of a `?` member ends the group, and the error says which member it was.",
        excludes: &["return_exceptions", "all_errors", "spawn"],
    },
    OptionRow {
        word: "error",
        slot: Slot::Error,
        takes: Takes::Type,
        example: "error = MyError",
        docs: "The error type of the group: the error of each `?` member is converted with `From`.",
        excludes: &[],
    },
    OptionRow {
        word: "limit",
        slot: Slot::Limit,
        takes: Takes::Expr,
        example: "limit = 8",
        docs: "At most this many members are in progress at once, the items of unpacked lists included.",
        excludes: &[],
    },
    OptionRow {
        word: "timeout",
        slot: Slot::Timeout,
        takes: Takes::Expr,
        example: "timeout = Duration::from_secs(1)",
        docs: "With `return_exceptions`: members that are not done after this `Duration` become `TimedOut`.",
        excludes: &["poll_all"],
    },
    OptionRow {
        word: "until",
        slot: Slot::Until,
        takes: Takes::Expr,
        example: "until = shutdown.notified()",
        docs: "With `return_exceptions`: members that are not done when this future is become `Cancelled`.",
        excludes: &[],
    },
    OptionRow {
        word: "spawn",
        slot: Slot::Spawn,
        takes: Takes::OptionalExpr,
        example: "spawn",
        docs: "Each member is a task of its own on the current tokio runtime, or on the given handle.",
        excludes: &["name_errors", "as_completed", "in_order", "poll_all"],
    },
    OptionRow {
        word: "as_completed",
        slot: Slot::Completions,
        takes: Takes::Nothing,
        example: "as_completed",
        docs: "Of a group that is one list: its results as they come, each with its position or key, from `next()`.",
        excludes: &["in_order", "all_errors", "spawn"],
    },
    OptionRow {
        word: "in_order",
        slot: Slot::Completions,
        takes: Takes::Nothing,
        example: "in_order",
        docs: "Of a group that is one list: its results one by one in the order of the list, from `next()`.",
        excludes: &["as_completed", "all_errors", "spawn"],
    },
    OptionRow {
        word: "poll_all",
        slot: Slot::PollAll,
        takes: Takes::Nothing,
        example: "poll_all",
        docs: "Every poll polls all unfinished members in order with the task's own waker, so that it is deterministic: for engines that replay.",
        excludes: &["spawn", "timeout"],
    },
];

pub(crate) fn find(word: &str) -> Option<&'static OptionRow> {
    OPTIONS.iter().find(|row| row.word == word)
}

/// The option that was probably meant by a word that is none.
pub(crate) fn guess(word: &str) -> Option<&'static OptionRow> {
    closest(word, OPTIONS.iter().map(|row| row.word)).and_then(find)
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
        guess(word).map(|row| row.word)
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
            assert!(row.docs.ends_with('.'), "{}", row.word);
            for other in row.excludes {
                let other = find(other).expect("an excluded option is an option");
                assert!(other.excludes.contains(&row.word), "{}", row.word);
            }
        }
    }
}
