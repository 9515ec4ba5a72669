//! What a random group looks like.
//!
//! Which result it has must not depend on what is quicker: where the first error ends a group, one member may fail at most.

use super::Random;

/// How the results of a list are read.
#[derive(Clone, Copy, Debug)]
pub enum Read {
    /// All of them, or the first error, with its name.
    Whole,
    /// All errors.
    AllErrors,
    /// Each with its error.
    Exceptions,
    /// As they complete; the result is sorted.
    AsCompleted,
    /// One by one, in order.
    InOrder,
}

/// A future: one call, or what is made of several.
#[derive(Debug)]
pub enum Shape {
    Call {
        label: usize,
        ms: u64,
        fails: bool,
    },
    /// One after the other, in one member.
    Block(Vec<Shape>),
    Record(Box<[Shape; 3]>),
    /// More members than are always polled.
    Wide(Box<[Shape; 10]>),
    List {
        items: Vec<Shape>,
        limit: Option<usize>,
        read: Read,
    },
    /// Two that others wait for, in another order than they are written, and a list that waits.
    Dependants {
        first: Box<[Shape; 2]>,
        then: Box<[Shape; 2]>,
        late: Vec<Shape>,
    },
    /// Every error has its place; one member may panic.
    Exceptions {
        members: Box<[Shape; 3]>,
        list: Vec<Shape>,
        panics: bool,
    },
    /// `quick` ends before the deadline, the others never do. An `early` timer starts with the group.
    Deadline {
        quick: Vec<Shape>,
        never: usize,
        early: bool,
    },
    /// A fn whose steps run as soon as they can.
    Stages(Box<[Shape; 4]>),
}

struct Maker<'a> {
    random: &'a mut Random,
    calls: usize,
}

impl Maker<'_> {
    fn call(&mut self, may_fail: bool) -> Shape {
        self.calls += 1;
        let ms = u64::try_from(self.random.below(15)).expect("a small number");
        Shape::Call { label: self.calls, ms, fails: may_fail && self.random.in_percent(60) }
    }

    /// `count` shapes, of which one at most may fail.
    fn one_may_fail(&mut self, count: usize, depth: usize, may_fail: bool) -> Vec<Shape> {
        let unlucky = self.random.below(count.max(1));
        (0..count).map(|i| self.any(depth, may_fail && i == unlucky)).collect()
    }

    fn all_may_fail(&mut self, count: usize, depth: usize) -> Vec<Shape> {
        (0..count)
            .map(|_| {
                let may_fail = self.random.in_percent(40);
                self.any(depth, may_fail)
            })
            .collect()
    }

    fn array<const N: usize>(&mut self, depth: usize, may_fail: bool) -> Box<[Shape; N]> {
        self.one_may_fail(N, depth, may_fail).try_into().map(Box::new).expect("as many as were asked for")
    }

    /// Mostly short, sometimes longer than what is always polled.
    fn length(&mut self) -> usize {
        if self.random.in_percent(40) { 9 + self.random.below(4) } else { self.random.below(6) }
    }

    fn list(&mut self, depth: usize, may_fail: bool) -> Shape {
        let length = self.length();
        let limit = self.random.in_percent(50).then(|| 1 + self.random.below(12));
        let read = [Read::Whole, Read::AllErrors, Read::Exceptions, Read::AsCompleted, Read::InOrder];
        let read = read[self.random.below(read.len())];
        let items = match read {
            Read::Whole => self.one_may_fail(length, depth, may_fail),
            Read::AllErrors if !may_fail => self.one_may_fail(length, depth, false),
            _ => self.all_may_fail(length, depth),
        };
        Shape::List { items, limit, read }
    }

    fn any(&mut self, depth: usize, may_fail: bool) -> Shape {
        if depth == 0 || self.calls >= 8 {
            return self.call(may_fail);
        }
        let depth = depth - 1;
        match self.random.below(14) {
            0..3 if depth < 2 => self.call(may_fail),
            0..5 => {
                let length = 1 + self.random.below(3);
                Shape::Block(self.one_may_fail(length, depth, may_fail))
            }
            5 => Shape::Record(self.array(depth, may_fail)),
            6 => Shape::Wide(self.array(depth, may_fail)),
            7 | 8 => self.list(depth, may_fail),
            9 => {
                // Of all of them one may fail: the first two, then the others.
                let failing = self.random.below(3);
                Shape::Dependants {
                    first: self.array(depth, may_fail && failing == 0),
                    then: self.array(depth, may_fail && failing == 1),
                    late: {
                        let length = self.length();
                        self.one_may_fail(length, depth, may_fail && failing == 2)
                    },
                }
            }
            10 | 11 => {
                let members = self.all_may_fail(3, depth).try_into().map(Box::new).expect("three");
                let length = self.length();
                Shape::Exceptions {
                    members,
                    list: self.all_may_fail(length, depth),
                    panics: self.random.in_percent(30),
                }
            }
            12 => {
                let early = self.random.in_percent(30);
                let length = if early { 0 } else { self.length() };
                Shape::Deadline { quick: self.all_may_fail(length, depth), never: 1 + self.random.below(12), early }
            }
            _ => Shape::Stages(self.array(depth, may_fail)),
        }
    }
}

/// The group with this number.
#[must_use]
pub fn shape(seed: u64) -> Shape {
    let mut random = Random(seed);
    let mut maker = Maker { random: &mut random, calls: 0 };
    // No single call.
    loop {
        let shape = maker.any(3, true);
        if !matches!(shape, Shape::Call { .. }) {
            return shape;
        }
    }
}
