//! The goals: the ratio to the best peer of the cell that is not to be exceeded.

use gather_bench_peers::items::Kind;

use crate::cells::Cell;

/// Ratios to the best peer; lower is better.
#[derive(Clone, Copy)]
pub(crate) struct Goal {
    pub(crate) instructions: f64,
    pub(crate) wall: f64,
}

/// No dearer than the best peer.
const AS_GOOD: Goal = Goal { instructions: 1.00, wall: 1.05 };

#[expect(clippy::match_same_arms, reason = "a row of the table each")]
pub(crate) fn goal(cell: Cell) -> Goal {
    let goal = |instructions, wall| Goal { instructions, wall };
    match (cell.item.name, cell.n) {
        ("A3" | "A3h" | "T3h", 16) => goal(0.70, 1.00),
        ("A3" | "A3h" | "T3h", 32) => goal(0.40, 0.85),
        ("A3" | "A3h" | "T3h", 64) => goal(0.22, 0.50),
        ("A4n" | "A4h" | "A4o", 8) => goal(0.95, 1.00),
        ("A4n" | "A4h" | "A4o", 16) => goal(0.65, 0.75),
        ("A4n" | "A4h" | "A4o", 32) => goal(0.42, 0.75),
        ("A4n" | "A4h" | "A4o", 64) => goal(0.28, 0.30),
        ("B1", 100..) => goal(0.15, 0.15),
        ("B2", 100..) => goal(0.35, 0.30),
        ("B3", 100..) => goal(0.50, 0.50),
        ("L1/8" | "L1/64" | "L1/1000", _) => goal(0.25, 0.30),
        ("L2/8", _) => goal(0.52, 0.60),
        ("L2/64" | "L2/1000", _) => goal(0.45, 0.55),
        ("L3/8", _) => goal(0.58, 0.65),
        ("L3/64" | "L3/1000", _) => goal(0.55, 0.65),
        ("C1", _) => goal(0.60, 0.65),
        ("C2", _) => goal(0.45, 0.55),
        ("C3", _) => goal(0.65, 0.70),
        _ => AS_GOOD,
    }
}

/// Up to so much of a goal is near it.
pub(crate) const NEAR: f64 = 1.10;

/// Among the lists of at least so many members, the cost per member is to stay within [`GROWTH`].
pub(crate) const GROWS_FROM: usize = 100;
pub(crate) const GROWTH: f64 = 1.5;

pub(crate) fn grows(cell: Cell) -> bool {
    matches!(cell.item.kind, Kind::List | Kind::Limited(_)) && cell.n >= GROWS_FROM
}
