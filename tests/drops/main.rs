//! Every future and every output is dropped exactly once, whatever happens.
#![forbid(unsafe_code)]

mod after_the_end;
mod destructors;
mod failures;
mod iterators;
mod long_lists;
mod making;
mod panics;
mod states;
#[path = "../support/mod.rs"]
mod support;

use std::pin::Pin;
use std::task::{Context, Poll};

use futures::FutureExt;
use gather::gather;
use support::{Gate, Live, Token, Wrong};

/// A member that holds a token until it yields it, or fails or panics as it was told to.
struct Holder {
    gate: support::Gated<Token>,
    end: End,
}

#[derive(Clone, Copy, PartialEq)]
enum End {
    Well,
    Badly,
    WithPanic,
}

impl Future for Holder {
    type Output = Result<Token, Wrong>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let end = self.end;
        self.gate.poll_unpin(cx).map(|token| match end {
            End::Well => Ok(token),
            End::Badly => Err(Wrong(1)),
            End::WithPanic => panic!("kaput"),
        })
    }
}

/// What one group is made from: member `i` waits for `gates[i]`.
struct Bench {
    live: Live,
    gates: [Gate; 20],
}

impl Bench {
    const SIZE: usize = 20;

    fn new() -> Self {
        Self { live: Live::new(), gates: std::array::from_fn(|_| Gate::new()) }
    }

    fn member(&self, i: usize, end: End) -> Holder {
        Holder { gate: self.gates[i].member(self.live.token()), end }
    }

    /// How many members have been dropped; each at most once.
    fn dropped(&self) -> usize {
        let drops = self.gates.each_ref().map(Gate::drops);
        assert!(drops.iter().all(|&count| count <= 1), "{drops:?}");
        drops.iter().sum()
    }

    /// Nothing is left, and nothing was dropped twice.
    fn assert_all_gone(&self) {
        assert_eq!(self.live.now(), 0);
        assert_eq!(self.dropped(), self.live.made());
    }
}

type Group<'a> = Pin<Box<dyn Future<Output = Result<Vec<Token>, Wrong>> + 'a>>;

/// Makes a group of the members of a bench; `ends` says how member `i` ends.
type Kind = for<'a> fn(&'a Bench, fn(usize) -> End) -> Group<'a>;

/// A name and how to make it.
const KINDS: [(&str, Kind); 5] = [
    ("fixed", |bench, ends| {
        let m = |i| bench.member(i, ends(i));
        let group = gather!(m(0)?, m(1)?, m(2)?, m(3)?);
        Box::pin(group.map(|out| out.map(|(a, b, c, d)| vec![a, b, c, d])))
    }),
    ("large", |bench, ends| {
        let m = |i| bench.member(i, ends(i));
        let group = gather! {
            a => m(0)?, b => m(1)?, c => m(2)?, d => m(3)?, e => m(4)?, f => m(5)?, g => m(6)?, h => m(7)?,
            i => m(8)?, j => m(9)?, k => m(10)?, l => m(11)?, m => m(12)?, n => m(13)?, o => m(14)?, p => m(15)?,
            q => m(16)?, r => m(17)?, s => m(18)?, t => m(19)?,
        };
        Box::pin(group.map(|out| {
            out.map(|r| {
                vec![r.a, r.b, r.c, r.d, r.e, r.f, r.g, r.h, r.i, r.j, r.k, r.l, r.m, r.n, r.o, r.p, r.q, r.r, r.s, r.t]
            })
        }))
    }),
    ("list", |bench, ends| Box::pin(gather!(*(0..Bench::SIZE).map(|i| bench.member(i, ends(i)))?))),
    ("mixed", |bench, ends| {
        let m = |i| bench.member(i, ends(i));
        let group = gather!(m(0)?, *(1..10).map(m)?, m(10)?, *(11..Bench::SIZE).map(m)?);
        Box::pin(group.map(|out| {
            out.map(|(first, mut some, middle, rest)| {
                some.extend([first, middle].into_iter().chain(rest));
                some
            })
        }))
    }),
    ("limited", |bench, ends| {
        let m = move |i| bench.member(i, ends(i));
        let group = gather!(m(0)?, *(1..Bench::SIZE).map(m)?; limit = 5);
        Box::pin(group.map(|out| {
            out.map(|(first, mut rest)| {
                rest.push(first);
                rest
            })
        }))
    }),
];
