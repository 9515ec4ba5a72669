//! How much longer the groups of one program take than those of another.
//!
//! Both run at once, on one core, and take turns of a few milliseconds: whatever makes the machine slow or fast for longer than that
//! does so for both. Each turn's time is the least of some runs, and two turns next to each other make a difference. Of a pair of
//! processes the median of these counts; each process has its memory elsewhere, so there are many. And each program is there in several
//! layouts, with its functions in another order: that alone makes one per cent more or less of a spawned group.

use std::io::{self, BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Instant;

use crate::{FORMS, Form, ITEMS, runtime, selected};

/// What this program is called with to answer for how long a group takes.
pub const ANSWERS: &str = "answers";
/// What it is called with to compare two programs.
pub const VERSUS: &str = "versus";

/// Pairs of processes of each layout.
const PAIRS: usize = 32;
/// Differences of each pair of processes.
const DIFFERENCES: usize = 6;
/// Runs of each turn, of which each has as many groups as have the members of a list.
const RUNS: u32 = 6;

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

/// Of two directories with the layouts of a program, whose files have the same names, and the forms that are asked for. Prints a line
/// for each form: its name, its members, the nanoseconds of a group in the first and in the second program, how many more a member
/// takes in the second, and the standard error of that, between layouts; with tabs between.
pub fn versus(arguments: &[String]) -> Result<(), String> {
    let [first, second, forms @ ..] = arguments else { return Err("which programs?".to_owned()) };
    let forms = selected(forms);
    let mut all: Vec<Vec<Compared>> = forms.iter().map(|_| Vec::new()).collect();
    for layout in std::fs::read_dir(first).map_err(|e| format!("{first}: {e}"))? {
        let layout = layout.map_err(|e| e.to_string())?.file_name().display().to_string();
        let mut pairs: Vec<Vec<Compared>> = forms.iter().map(|_| Vec::new()).collect();
        for _ in 0..PAIRS {
            let (mut one, mut other) = (Answerer::start(first, &layout)?, Answerer::start(second, &layout)?);
            for (form, pairs) in forms.iter().zip(&mut pairs) {
                pairs.push(Compared::of(form, &mut one, &mut other)?);
            }
        }
        all.iter_mut().zip(&pairs).for_each(|(all, pairs)| all.push(Compared::mean(pairs)));
    }
    for (form, layouts) in forms.iter().zip(&all) {
        let Compared { first, second, more } = Compared::mean(layouts);
        let squares = mean(layouts, |c| (c.more - more).powi(2));
        #[allow(clippy::cast_precision_loss, reason = "a few")]
        let (members, count) = (form.members as f64, layouts.len() as f64);
        let error = (squares / (count - 1.0)).sqrt();
        println!("{}\t{members}\t{first:.0}\t{second:.0}\t{:.2}\t{:.2}", form.name, more / members, error / members);
    }
    Ok(())
}

/// The nanoseconds of a group in each program, and the difference.
struct Compared {
    first: f64,
    second: f64,
    more: f64,
}

impl Compared {
    fn of(form: &Form, one: &mut Answerer, other: &mut Answerer) -> Result<Self, String> {
        let (mut first, mut second, mut more) = (Vec::new(), Vec::new(), Vec::new());
        for turn in 0..=DIFFERENCES {
            // Each begins half of the times.
            let (a, b) = if turn % 2 == 0 {
                let a = one.ask(form)?;
                (a, other.ask(form)?)
            } else {
                let b = other.ask(form)?;
                (one.ask(form)?, b)
            };
            // The first time, what is done only once in a program is done.
            if turn > 0 {
                first.push(a);
                second.push(b);
                more.push(b - a);
            }
        }
        Ok(Self { first: median(first), second: median(second), more: median(more) })
    }

    fn mean(of: &[Self]) -> Self {
        Self { first: mean(of, |c| c.first), second: mean(of, |c| c.second), more: mean(of, |c| c.more) }
    }
}

#[allow(clippy::cast_precision_loss, reason = "a few")]
fn mean(of: &[Compared], value: impl Fn(&Compared) -> f64) -> f64 {
    of.iter().map(value).sum::<f64>() / of.len() as f64
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    f64::midpoint(values[(values.len() - 1) / 2], values[values.len() / 2])
}

/// A process of one of the programs.
struct Answerer {
    process: Child,
    questions: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Answerer {
    fn start(directory: &str, layout: &str) -> Result<Self, String> {
        let program = format!("{directory}/{layout}");
        let pipes = Command::new(&program).arg(ANSWERS).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
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
