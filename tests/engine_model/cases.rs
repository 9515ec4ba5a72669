//! What may happen to a random graph of random members.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::graphs::{Due, GRAPHS, Variant};
use crate::script::{End, Script, Step};

#[derive(Clone, Copy, Debug)]
pub(crate) enum Action {
    /// By one of three tasks.
    Poll(usize),
    /// With the waker that a member has kept last.
    Wake(Index),
    Deadline,
    Drop,
}

/// How many members wait before they end.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Mood {
    AllReady,
    FewWait,
    Mixed,
}

#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) graph: usize,
    lens: [usize; 3],
    pub(crate) variant: Variant,
    pub(crate) limit: usize,
    mood: Mood,
    seed: u64,
    faults: Vec<(Index, End)>,
    pub(crate) due: Due,
    pub(crate) actions: Vec<Action>,
}

/// On both sides of the lengths where lists change their ways.
fn len() -> impl Strategy<Value = usize> {
    prop_oneof![
        4 => prop::sample::select(vec![0, 1, 8, 9, 64, 65]),
        2 => 0..5usize,
        2 => 60..70usize,
        1 => 100..200usize,
        1 => prop_oneof![Just(1000usize), 0..1000usize],
    ]
}

fn action() -> impl Strategy<Value = Action> {
    prop_oneof![
        20 => (0..3usize).prop_map(Action::Poll),
        30 => any::<Index>().prop_map(Action::Wake),
        1 => Just(Action::Deadline),
        1 => Just(Action::Drop),
    ]
}

pub(crate) fn case() -> impl Strategy<Value = Case> {
    let end = prop::sample::select(vec![End::Bad, End::Bad, End::Panics, End::DropPanics]);
    let group = (0..GRAPHS.len(), [len(), len(), len()], prop::sample::select(Variant::ALL.to_vec()));
    let limit = prop_oneof![1..4usize, 1..80usize];
    let mood = prop::sample::select(vec![Mood::AllReady, Mood::FewWait, Mood::Mixed]);
    let due = prop_oneof![3 => Just(Due::Comes), 1 => Just(Due::Panics)];
    let how = (limit, mood, any::<u64>(), vec((any::<Index>(), end), 0..3), due);
    (group, how, vec(action(), 0..40)).prop_map(|(group, how, actions)| {
        let ((graph, lens, variant), (limit, mood, seed, faults, due)) = (group, how);
        Case { graph, lens, variant, limit, mood, seed, faults, due, actions }
    })
}

/// Small numbers that look random.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        // splitmix64
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % n
    }
}

impl Case {
    pub(crate) fn parts(&self) -> Vec<(usize, usize)> {
        let mut lens = self.lens.into_iter();
        let mut next = 0;
        let part = |(is_list, _): &(bool, bool)| {
            let len = if *is_list { lens.next().unwrap_or(3) } else { 1 };
            next += len;
            (next - len, len)
        };
        GRAPHS[self.graph].parts.iter().map(part).collect()
    }

    pub(crate) fn scripts(&self, members: usize) -> Vec<Script> {
        let mut dice = Dice(self.seed);
        let mut steps = |waits: u64| -> Vec<Step> {
            let len = if waits == 0 { 0 } else { dice.below(waits + 1) };
            let step = |_| match dice.below(8) {
                0 => Step::WakeItself,
                1 => Step::CloneAndWake,
                2 => Step::KeepLent,
                3 => Step::Wake(usize::try_from(dice.below(members as u64)).unwrap()),
                _ => Step::Keep,
            };
            (0..len).map(step).collect()
        };
        let mut scripts: Vec<Script> = (0..members)
            .map(|id| {
                let waits = match self.mood {
                    Mood::AllReady => 0,
                    Mood::FewWait => u64::from(id.is_multiple_of(29) || id + 1 == members) * 2,
                    Mood::Mixed => 3,
                };
                Script { steps: steps(waits), end: End::Good }
            })
            .collect();
        // A panic while another is on its way ends the process.
        let mut panics = self.variant.has_deadline() && self.due == Due::Panics;
        for (member, end) in &self.faults {
            if members == 0 || panics && *end != End::Bad {
                continue;
            }
            let script = &mut scripts[member.index(members)];
            if script.end == End::Good {
                script.end = *end;
                panics |= *end != End::Bad;
            }
        }
        scripts
    }
}
