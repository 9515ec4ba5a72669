//! Groups of every shape and policy, made by the macro of the same scripted members.

use std::pin::Pin;

use gather::{Exception, ExceptionKind, Exceptions, gather};

use crate::script::{Got, Scripted, Value, Wrong};

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Policy {
    Plain,
    FirstError,
    AllErrors,
    ReturnExceptions,
}

impl Policy {
    pub(crate) const ALL: [Self; 4] = [Self::Plain, Self::FirstError, Self::AllErrors, Self::ReturnExceptions];

    pub(crate) fn catches(self) -> bool {
        matches!(self, Self::AllErrors | Self::ReturnExceptions)
    }
}

/// A single member, or a list of so many.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Part {
    Single,
    List(usize),
}

pub(crate) type Group = Pin<Box<dyn Future<Output = Vec<Got>> + Send>>;

/// A part of a group's output, taken apart.
pub(crate) trait Taken {
    fn taken(self, into: &mut Vec<Got>);
}

impl Taken for Value {
    fn taken(self, into: &mut Vec<Got>) {
        into.push(Got::Value(self.take()));
    }
}

impl Taken for Result<Value, Wrong> {
    fn taken(self, into: &mut Vec<Got>) {
        into.push(match self {
            Ok(value) => Got::Value(value.take()),
            Err(Wrong(value)) => Got::Error(value.take()),
        });
    }
}

impl Taken for Exception<Wrong> {
    fn taken(self, into: &mut Vec<Got>) {
        into.push(match self.kind {
            ExceptionKind::Error(Wrong(value)) => Got::Error(value.take()),
            ExceptionKind::Panicked(_) => Got::Panic,
            ExceptionKind::Cancelled => Got::Cancelled,
            ExceptionKind::Skipped => Got::Skipped,
            _ => unreachable!("there is no clock"),
        });
    }
}

impl Taken for Result<Value, Exception<Wrong>> {
    fn taken(self, into: &mut Vec<Got>) {
        match self {
            Ok(value) => value.taken(into),
            Err(exception) => exception.taken(into),
        }
    }
}

impl<T: Taken> Taken for Vec<T> {
    fn taken(self, into: &mut Vec<Got>) {
        for one in self {
            one.taken(into);
        }
    }
}

pub(crate) fn first(Wrong(value): Wrong) -> Vec<Got> {
    vec![Got::Error(value.take())]
}

pub(crate) fn all(exceptions: Exceptions<Wrong>) -> Vec<Got> {
    let mut got = Vec::new();
    exceptions.into_iter().for_each(|exception| exception.taken(&mut got));
    got
}

/// The group of one shape, `(name)` being a single member and `(name *)` a list.
macro_rules! shape {
    ($policy:expr, $parts:expr, $members:expr; $($whole:tt)*) => {{
        let mut members = $members.into_iter();
        #[allow(unused_mut, unused_variables, reason = "not in every shape")]
        let mut lists = $parts.iter().filter_map(|part| if let Part::List(len) = part { Some(*len) } else { None });
        shape!(@take members, lists; $($whole)*);
        shape!(@policies $policy; $($whole)*)
    }};
    (@take $members:ident, $lists:ident;) => {};
    (@take $members:ident, $lists:ident; ($name:ident) $($rest:tt)*) => {
        let $name: Scripted = $members.next().unwrap();
        shape!(@take $members, $lists; $($rest)*);
    };
    (@take $members:ident, $lists:ident; ($name:ident *) $($rest:tt)*) => {
        let $name: Vec<Scripted> = $members.by_ref().take($lists.next().unwrap()).collect();
        shape!(@take $members, $lists; $($rest)*);
    };
    // One list alone is no tuple.
    (@policies $policy:expr; ($list:ident *)) => {
        shape!(@groups $policy; $list, (*$list), (*$list?))
    };
    (@policies $policy:expr; $(($name:ident $($star:tt)?))*) => {
        shape!(@groups $policy; ($($name,)*), ($($($star)? $name),*), ($($($star)? $name?),*); $($name)*)
    };
    (@groups $policy:expr; $pattern:pat, ($($plain:tt)*), ($($asked:tt)*); $($name:ident)*) => {
        shape!(@ends $policy; $pattern, { let mut got = Vec::new(); $($name.taken(&mut got);)* got }, ($($plain)*), ($($asked)*))
    };
    (@groups $policy:expr; $list:ident, ($($plain:tt)*), ($($asked:tt)*)) => {
        shape!(@ends $policy; $list, { let mut got = Vec::new(); $list.taken(&mut got); got }, ($($plain)*), ($($asked)*))
    };
    (@ends $policy:expr; $pattern:pat, $got:block, ($($plain:tt)*), ($($asked:tt)*)) => {{
        let group: Group = match $policy {
            Policy::Plain => {
                let group = gather!($($plain)*);
                Box::pin(async move { let $pattern = group.await; $got })
            }
            Policy::FirstError => {
                let group = gather!($($asked)*);
                Box::pin(async move { group.await.map_or_else(first, |$pattern| $got) })
            }
            Policy::AllErrors => {
                let group = gather!($($asked)*; all_errors);
                Box::pin(async move { group.await.map_or_else(all, |$pattern| $got) })
            }
            Policy::ReturnExceptions => {
                let group = gather!($($plain)*; return_exceptions);
                Box::pin(async move { let $pattern = group.await; $got })
            }
        };
        group
    }};
}

/// What a group is made of, and how.
pub(crate) struct Shape {
    pub(crate) parts: fn([usize; 2]) -> Vec<Part>,
    pub(crate) make: fn(Policy, &[Part], Vec<Scripted>) -> Group,
}

macro_rules! shapes {
    ($(($($whole:tt)*))*) => {
        pub(crate) static SHAPES: &[Shape] = &[$(Shape {
            parts: |lens| {
                #[allow(unused_mut, unused_variables, reason = "not in every shape")]
                let mut lens = lens.into_iter();
                vec![$(shapes!(@part lens $whole)),*]
            },
            make: |policy, parts, members| {
                // A list's length is among the parts.
                let _ = parts;
                shape!(policy, parts, members; $($whole)*)
            },
        }),*];
    };
    (@part $lens:ident ($name:ident)) => { Part::Single };
    (@part $lens:ident ($name:ident *)) => { Part::List($lens.next().unwrap()) };
}

#[rustfmt::skip]
shapes! {
    ((a *))
    ((a *) (b *))
    ((a))
    ((a) (b))
    ((a) (b) (c) (d) (e) (f) (g) (h))
    ((a) (b) (c) (d) (e) (f) (g) (h) (i))
    ((a) (b) (c) (d) (e) (f) (g) (h) (i) (j) (k) (l) (m) (n) (o) (p) (q) (r) (s) (t))
    ((a) (l *) (b) (m *) (c))
    ((a) (b) (c) (d) (e) (l *) (f) (g) (h) (i) (j) (m *))
    ((a0) (a1) (a2) (a3) (a4) (a5) (a6) (a7) (b0) (b1) (b2) (b3) (b4) (b5) (b6) (b7)
        (c0) (c1) (c2) (c3) (c4) (c5) (c6) (c7) (d0) (d1) (d2) (d3) (d4) (d5) (d6) (d7)
        (e0) (e1) (e2) (e3) (e4) (e5) (e6) (e7) (f0) (f1) (f2) (f3) (f4) (f5) (f6) (f7)
        (g0) (g1) (g2) (g3) (g4) (g5) (g6) (g7) (h0) (h1) (h2) (h3) (h4) (h5) (h6) (h7))
    ((a0) (a1) (a2) (a3) (a4) (a5) (a6) (a7) (b0) (b1) (b2) (b3) (b4) (b5) (b6) (b7)
        (c0) (c1) (c2) (c3) (c4) (c5) (c6) (c7) (d0) (d1) (d2) (d3) (d4) (d5) (d6) (d7)
        (e0) (e1) (e2) (e3) (e4) (e5) (e6) (e7) (f0) (f1) (f2) (f3) (f4) (f5) (f6) (f7)
        (g0) (g1) (g2) (g3) (g4) (g5) (g6) (g7) (h0) (h1) (h2) (h3) (h4) (h5) (h6) (h7) (i0) (i1))
    ((a0) (a1) (a2) (a3) (a4) (a5) (a6) (a7) (b0) (b1) (b2) (b3) (b4) (b5) (b6) (b7)
        (c0) (c1) (c2) (c3) (c4) (c5) (c6) (c7) (d0) (d1) (d2) (d3) (d4) (d5) (d6) (d7) (l *)
        (e0) (e1) (e2) (e3) (e4) (e5) (e6) (e7) (f0) (f1) (f2) (f3) (f4) (f5) (f6) (f7) (m *)
        (g0) (g1) (g2) (g3) (g4) (g5) (g6) (g7) (h0) (h1) (h2) (h3) (h4) (h5) (h6) (h7))
}
