//! The rows of a recording as lines of text.

use std::fmt::{self, Write as _};
use std::time::Duration;

use crate::recording::{Member, Recording, Row, Run};

/// How wide it may be, and whether it has colours.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    pub width: usize,
    pub colours: bool,
}

/// What was recorded so far, as text: `·` is waiting for a dependency or for a place of the `limit`, `▸` the moment when that was
/// over, `█` a poll, `─` the time between polls.
pub struct Picture {
    rows: Vec<Row>,
    style: Style,
}

impl Picture {
    pub fn of(recording: &Recording, style: Style) -> Self {
        Self { rows: recording.rows(), style }
    }

    fn scale(&self) -> Option<Scale> {
        let start = self.rows.iter().map(|row| row.start).min()?;
        let end = self.rows.iter().filter_map(|row| row.end).max()?.max(start + Duration::from_micros(1));
        let longest =
            |text: fn(&Row) -> String| self.rows.iter().map(|row| text(row).chars().count()).max().unwrap_or(0);
        let ends = longest(remark);
        let left = self.style.width.saturating_sub(ends + 4);
        // A name is cut that is longer than a third of the line, or leaves a bar no ten columns.
        let names = longest(name).min(self.style.width / 3).min(left.saturating_sub(10)).max(6);
        let width = left.saturating_sub(names).max(10);
        Some(Scale { start, end, names, width })
    }
}

/// Where times are on a line.
struct Scale {
    start: Duration,
    end: Duration,
    names: usize,
    width: usize,
}

impl Scale {
    fn column(&self, time: Duration) -> usize {
        let part = time.saturating_sub(self.start).as_secs_f64() / (self.end - self.start).as_secs_f64();
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "a column"
        )]
        let column = (part * self.width as f64) as usize;
        column.min(self.width - 1)
    }

    fn bar(&self, row: &Row) -> Vec<char> {
        let mut bar = vec![' '; self.width];
        let (start, end) = (self.column(row.start), self.column(row.end.unwrap_or(self.end)));
        let fill = if matches!(row.run, Run::Group { .. }) { '┄' } else { '─' };
        bar[start..=end].fill(fill);
        let Run::Member(Member { waited, polls, .. }) = &row.run else { return bar };
        if let Some(waited) = waited {
            let since = self.column(row.start.saturating_sub(*waited));
            if since < start {
                bar[since..start].fill('·');
                bar[start - 1] = '▸';
            }
        }
        for poll in polls {
            bar[self.column(poll.start)..=self.column(poll.end)].fill('█');
        }
        bar
    }

    /// `0 ms ... 40 ... 80`, as many as there is room for.
    fn ticks(&self) -> String {
        let whole = (self.end - self.start).as_secs_f64() * 1e3;
        #[allow(clippy::cast_precision_loss, reason = "a width")]
        let least = whole / (self.width as f64 / 12.0).max(1.0);
        let step = [1.0, 2.0, 5.0].iter().cycle().zip((0..).flat_map(|power| [10f64.powi(power - 3); 3]));
        let step = step.map(|(digit, power)| digit * power).find(|step| *step >= least).unwrap_or(whole);
        let mut line = vec![' '; self.width];
        for tick in 0.. {
            let time = f64::from(tick) * step;
            if time >= whole {
                break;
            }
            let label: Vec<char> = if tick == 0 { "0 ms".to_owned() } else { short(time) }.chars().collect();
            let at = self.column(self.start + Duration::from_secs_f64(time / 1e3));
            if at + label.len() <= self.width {
                line[at..at + label.len()].copy_from_slice(&label);
            }
        }
        line.into_iter().collect::<String>().trim_end().to_owned()
    }
}

/// A number of milliseconds, without zeros behind it.
fn short(ms: f64) -> String {
    let text = format!("{ms:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// What stands before the bar: the member, and whom it waited for.
fn name(row: &Row) -> String {
    let indent = "  ".repeat(row.depth);
    match &row.run {
        Run::Group { members, policy } if policy == "none" => format!("{indent}group of {members}"),
        Run::Group { members, policy } => format!("{indent}group of {members}, {policy}"),
        Run::Member(Member { name, after: Some(after), .. }) => format!("{indent}{name} ← {after}"),
        Run::Member(member) => format!("{indent}{}", member.name),
    }
}

/// What stands behind the bar: how long, how it ended, how often it was polled.
fn remark(row: &Row) -> String {
    let took = row.end.map(|end| format!("{:>5} ms", (end - row.start).as_millis())).unwrap_or_default();
    match &row.run {
        Run::Group { .. } => took,
        Run::Member(member) => {
            let (outcome, polls) = (member.outcome.as_deref().unwrap_or("running"), member.polls.len());
            format!("{took}  {outcome:<9} {polls:>3} poll{}", if polls == 1 { "" } else { "s" })
        }
    }
}

/// The colour of an outcome, as terminals number them.
fn colour(outcome: Option<&str>) -> &'static str {
    match outcome {
        Some("ok") => "32",
        Some("error") => "31",
        Some("panicked") => "1;31",
        Some("timed_out" | "cancelled") => "33",
        Some("skipped" | "dropped") => "2",
        _ => "36",
    }
}

impl fmt::Display for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(scale) = self.scale() else { return Ok(()) };
        writeln!(f, "{:names$} │{}", "", scale.ticks(), names = scale.names)?;
        for row in &self.rows {
            let mut name = name(row);
            if name.chars().count() > scale.names {
                name = name.chars().take(scale.names.saturating_sub(1)).chain(['…']).collect();
            }
            let bar: String = scale.bar(row).into_iter().collect();
            let mut line = String::new();
            write!(line, "{name:names$} │{bar}│{}", remark(row), names = scale.names)?;
            let line = line.trim_end();
            match &row.run {
                Run::Member(member) if self.style.colours => {
                    writeln!(f, "\x1b[{}m{line}\x1b[0m", colour(member.outcome.as_deref()))?;
                }
                _ => writeln!(f, "{line}")?,
            }
        }
        Ok(())
    }
}
