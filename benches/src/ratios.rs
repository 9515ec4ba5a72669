//! The table of ratios.

use std::io;

use gather_bench_peers::{ARRAY, Entry};

use crate::arguments::Selection;
use crate::cells::{self, Cell};
use crate::goals::{self, GROWS_FROM, GROWTH, NEAR};
use crate::ours::GATHER;
use crate::{callgrind, wall};

const FLOOR: &str = "floor";

/// One measure of all entries of one cell.
struct Measured {
    names: Vec<&'static str>,
    costs: Vec<f64>,
}

impl Measured {
    fn new(entries: &[Entry], costs: Vec<f64>) -> Self {
        Self { names: entries.iter().map(|entry| entry.peer).collect(), costs }
    }

    fn of(&self, name: &str) -> f64 {
        self.names.iter().position(|n| *n == name).map_or(f64::NAN, |i| self.costs[i])
    }

    /// The cheapest of the peers.
    fn best(&self) -> (&'static str, f64) {
        let peers = self.names.iter().copied().zip(self.costs.iter().copied());
        peers
            .filter(|(name, _)| ![FLOOR, GATHER, ARRAY].contains(name) && !name.ends_with(" again"))
            .min_by(|(_, a), (_, b)| a.total_cmp(b))
            .unwrap_or(("nobody", f64::NAN))
    }

    fn row(&self, goal: f64) -> String {
        let ((best, cost), ours, floor) = (self.best(), self.of(GATHER), self.of(FLOOR));
        let ratio = ours / cost;
        let met = if ratio > goal && floor / cost > goal { "not met, nor by the floor" } else { met(ratio, goal) };
        format!(
            "{} | {best} {} | {:.2} | {:.2} | **{ratio:.2}** | {goal:.2} | {met}",
            figure(ours),
            figure(cost),
            ours / floor,
            cost / floor
        )
    }
}

fn met(ratio: f64, goal: f64) -> &'static str {
    if as_printed(ratio) <= goal { "met" } else { "not met" }
}

fn as_printed(ratio: f64) -> f64 {
    (ratio * 100.0).round() / 100.0
}

fn figure(cost: f64) -> String {
    if cost < 10_000.0 { format!("{cost:.0}") } else { format!("{:.1}k", cost / 1_000.0) }
}

const COLUMNS: &str = "gather | best peer | gather/floor | best/floor | gather/best | goal | ";
const RULES: &str = "--: | :-- | --: | --: | --: | --: | :--";

/// Measures and prints all that is selected.
///
/// # Errors
///
/// When valgrind cannot be run, or did not count.
pub fn print(arguments: &[String], selection: &Selection) -> io::Result<()> {
    println!("The work items:\n");
    for item in cells::work_items().filter(|item| cells::selected(selection).iter().any(|cell| cell.item == *item)) {
        println!("* {}: {}", item.name, item.does);
    }
    if selection.instructions {
        let mut counts = callgrind::count(arguments, selection)?.into_iter();
        let mut measure = |_: &[Entry]| counts.next().unwrap_or_default();
        table("Instructions", selection, &mut measure, |goal| goal.instructions);
    }
    if selection.wall {
        table("Wall time, ns", selection, &mut wall::medians, |goal| goal.wall);
    }
    Ok(())
}

fn table(
    title: &str,
    selection: &Selection,
    measure: &mut dyn FnMut(&[Entry]) -> Vec<f64>,
    goal: impl Fn(goals::Goal) -> f64,
) {
    println!("\n### {title}\n");
    println!("| cell | N | {COLUMNS}|\n| :-- | --: | {RULES} |");
    let mut all = Vec::new();
    for cell in cells::selected(selection) {
        let entries = cell.entries(selection);
        let measured = Measured::new(&entries, measure(&entries));
        println!("| {} | {} | {} |", cell.item.name, cell.n, measured.row(goal(goals::goal(cell))));
        all.push((cell, measured));
    }
    count(&all, &goal);
    growth(title, &all);
    if selection.peers || selection.bias {
        everybody(title, &all);
    }
}

/// How many cells meet their goal.
fn count(all: &[(Cell, Measured)], goal: &impl Fn(goals::Goal) -> f64) {
    let beyond = |(cell, measured): &(Cell, Measured)| {
        as_printed(measured.of(GATHER) / measured.best().1) / goal(goals::goal(*cell))
    };
    let met = all.iter().filter(|row| beyond(row) <= 1.0).count();
    let near = all.iter().filter(|row| beyond(row) <= NEAR).count() - met;
    println!(
        "\nOf {} cells {met} meet their goal, {near} are within {NEAR:.2} of it, {} are further off.",
        all.len(),
        all.len() - met - near
    );
}

/// How much dearer a member is, at the worst, than in a list of [`GROWS_FROM`]. Memory that is out of cache costs the floor time
/// too: it is what is beyond its growth that counts.
fn growth(title: &str, all: &[(Cell, Measured)]) {
    for item in cells::work_items() {
        let of = |name: &str| {
            let mut costs = all
                .iter()
                .filter(|(cell, _)| cell.item == item && goals::grows(*cell))
                .map(|(cell, measured)| measured.of(name) / f64::from(u32::try_from(cell.n).unwrap_or(u32::MAX)));
            let first = costs.next()?;
            Some(costs.fold(None, |most: Option<f64>, cost| Some(most.unwrap_or(cost).max(cost)))? / first)
        };
        if let (Some(ours), Some(floor)) = (of(GATHER), of(FLOOR)) {
            println!(
                "\n{title}: a member of {} costs at most {ours:.2} of what it costs at N = {GROWS_FROM}, the floor's {floor:.2}; \
                 the goal is {GROWTH:.2} of the floor's growth, {}.",
                item.name,
                met(ours / floor, GROWTH)
            );
        }
    }
}

fn everybody(title: &str, all: &[(Cell, Measured)]) {
    println!("\n### {title}: everybody's ratio to the floor\n");
    for (cell, measured) in all {
        let floor = measured.of(FLOOR);
        let ratios = measured.names.iter().zip(&measured.costs).filter(|(name, _)| **name != FLOOR);
        let ratios: Vec<String> = ratios.map(|(name, cost)| format!("{name} {:.2}", cost / floor)).collect();
        println!("* {} N = {} (floor {}): {}", cell.item.name, cell.n, figure(floor), ratios.join(", "));
    }
}
