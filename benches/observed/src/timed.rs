//! How much longer one build of this program takes for a group than another.
//!
//! Both run at once, on one core, and take turns of a few milliseconds: whatever makes the machine slow or fast for longer than that
//! does so for both. Each turn's time is the least of some runs, and two turns next to each other make a difference. Of a pair of
//! processes the median of these counts; each pair has its memory elsewhere, so there are several.

use std::env;
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Instant;

use crate::{FORMS, Form, ITEMS, runtime, selected};

/// What this program is called with to answer for how long a group takes.
pub const ANSWERS: &str = "answers";
/// What it is called with to compare itself with another.
pub const VERSUS: &str = "versus";

/// Pairs of processes.
const PAIRS: usize = 32;
/// Differences of each pair of processes.
const DIFFERENCES: usize = 12;
/// Runs of each turn, of which each has as many groups as have the members of a list.
const RUNS: u32 = 10;

/// For each number of a form on its standard input: the nanoseconds that a group of it takes.
pub fn answer() -> Result<(), String> {
    let runtime = runtime()?;
    for line in io::stdin().lock().lines() {
        let form = line.ok().and_then(|line| FORMS.get(line.parse::<usize>().ok()?)).ok_or("which form?")?;
        let groups = u32::try_from(ITEMS / form.members).map_err(|e| e.to_string())?;
        let runs = (0..RUNS).map(|_| {
            let start = Instant::now();
            (0..groups).for_each(|_| (form.run)(&runtime));
            start.elapsed()
        });
        let fastest = runs.min().unwrap_or_default();
        println!("{}", fastest.as_secs_f64() * 1e9 / f64::from(groups));
    }
    Ok(())
}

/// Prints a line for each form: its name, its members, the nanoseconds of a group in this program and in the other one, how many more a
/// member takes in the other one, and the standard error of that; with tabs between.
pub fn versus(arguments: &[String]) -> Result<(), String> {
    let (other, forms) = arguments.split_first().ok_or("which program?")?;
    let this = env::current_exe().map_err(|e| e.to_string())?.display().to_string();
    let forms = selected(forms);
    let mut all: Vec<Vec<Compared>> = forms.iter().map(|_| Vec::new()).collect();
    for _ in 0..PAIRS {
        let (mut this, mut other) = (Answerer::start(&this)?, Answerer::start(other)?);
        for (form, all) in forms.iter().zip(&mut all) {
            all.push(Compared::of(form, &mut this, &mut other)?);
        }
    }
    for (form, pairs) in forms.iter().zip(&all) {
        let (this, other, more) = (Compared::mean(pairs, |c| c.this), Compared::mean(pairs, |c| c.other), Compared::mean(pairs, |c| c.more));
        let squares = Compared::mean(pairs, |c| (c.more - more).powi(2));
        #[allow(clippy::cast_precision_loss, reason = "a few")]
        let (members, pairs) = (form.members as f64, pairs.len() as f64);
        let error = (squares / (pairs - 1.0)).sqrt();
        println!("{}\t{members}\t{this:.0}\t{other:.0}\t{:.2}\t{:.2}", form.name, more / members, error / members);
    }
    Ok(())
}

/// Of one pair of processes: the nanoseconds of a group in each, and the difference.
struct Compared {
    this: f64,
    other: f64,
    more: f64,
}

impl Compared {
    fn of(form: &Form, this: &mut Answerer, other: &mut Answerer) -> Result<Self, String> {
        let (mut ours, mut theirs, mut more) = (Vec::new(), Vec::new(), Vec::new());
        for turn in 0..=DIFFERENCES {
            // Each begins half of the times.
            let (our, their) = if turn % 2 == 0 {
                let our = this.ask(form)?;
                (our, other.ask(form)?)
            } else {
                let their = other.ask(form)?;
                (this.ask(form)?, their)
            };
            // The first time, what is done only once in a program is done.
            if turn > 0 {
                ours.push(our);
                theirs.push(their);
                more.push(their - our);
            }
        }
        Ok(Self { this: median(ours), other: median(theirs), more: median(more) })
    }

    #[allow(clippy::cast_precision_loss, reason = "a few")]
    fn mean(pairs: &[Self], value: impl Fn(&Self) -> f64) -> f64 {
        pairs.iter().map(value).sum::<f64>() / pairs.len() as f64
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    f64::midpoint(values[(values.len() - 1) / 2], values[middle])
}

/// A process of one of the programs.
struct Answerer {
    process: Child,
    questions: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Answerer {
    fn start(program: &str) -> Result<Self, String> {
        let pipes = Command::new(program).arg(ANSWERS).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut process = pipes.map_err(|e| format!("{program}: {e}"))?;
        let questions = process.stdin.take();
        let answers = BufReader::new(process.stdout.take().ok_or("no answers")?);
        Ok(Self { process, questions, answers })
    }

    fn ask(&mut self, form: &Form) -> Result<f64, String> {
        let number = FORMS.iter().position(|other| other.name == form.name).ok_or("an unknown form")?;
        let mut answer = String::new();
        let asked = self.questions.as_mut().map(|questions| writeln!(questions, "{number}"));
        asked.transpose().and_then(|_| self.answers.read_line(&mut answer)).map_err(|e| e.to_string())?;
        answer.trim().parse().map_err(|e| format!("`{answer}` is no time: {e}"))
    }
}

/// Without questions it ends.
impl Drop for Answerer {
    fn drop(&mut self) {
        drop(self.questions.take());
        let _ = self.process.wait();
    }
}
