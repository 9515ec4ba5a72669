//! Groups with dependencies, limits and deadlines, made by the macro of scripted members: each of a few graphs, in each variant.

use std::cell::RefCell;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use gather::gather;

use crate::groups::{Taken, all, first};
use crate::script::{Got, Script, Scripted, Value, World};

/// The policy and the options of a group.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Variant {
    Plain,
    FirstError,
    FirstErrorLimited,
    AllErrors,
    AllErrorsLimited,
    ReturnExceptions,
    ReturnExceptionsLimited,
    Until,
    UntilLimited,
}

impl Variant {
    pub(crate) const ALL: [Self; 9] = [
        Self::Plain,
        Self::FirstError,
        Self::FirstErrorLimited,
        Self::AllErrors,
        Self::AllErrorsLimited,
        Self::ReturnExceptions,
        Self::ReturnExceptionsLimited,
        Self::Until,
        Self::UntilLimited,
    ];

    pub(crate) fn has_limit(self) -> bool {
        use Variant::{AllErrorsLimited, FirstErrorLimited, ReturnExceptionsLimited, UntilLimited};
        matches!(self, FirstErrorLimited | AllErrorsLimited | ReturnExceptionsLimited | UntilLimited)
    }

    pub(crate) fn has_deadline(self) -> bool {
        matches!(self, Self::Until | Self::UntilLimited)
    }

    pub(crate) fn keeps(self) -> bool {
        self.has_deadline() || matches!(self, Self::ReturnExceptions | Self::ReturnExceptionsLimited)
    }

    pub(crate) fn lists_errors(self) -> bool {
        matches!(self, Self::AllErrors | Self::AllErrorsLimited)
    }

    pub(crate) fn catches(self) -> bool {
        self.keeps() || self.lists_errors()
    }
}

/// What a deadline's future does when it is let go.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Due {
    Comes,
    Panics,
}

#[derive(Default)]
pub(crate) struct Clock(Mutex<(Option<Due>, Option<Waker>)>);

impl Clock {
    pub(crate) fn come(&self, due: Due) {
        let waker = {
            let mut inside = self.0.lock().unwrap();
            inside.0 = Some(due);
            inside.1.take()
        };
        waker.into_iter().for_each(Waker::wake);
    }
}

struct Until(Arc<Clock>);

impl Future for Until {
    type Output = ();
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let mut inside = self.0.0.lock().unwrap();
        match inside.0 {
            Some(Due::Comes) => Poll::Ready(()),
            Some(Due::Panics) => {
                drop(inside);
                std::panic::resume_unwind(Box::new("planned, of the deadline"))
            }
            None => {
                inside.1 = Some(cx.waker().clone());
                Poll::Pending
            }
        }
    }
}

/// Makes the members of a group: those of each part have numbers in a row.
pub(crate) struct Maker {
    pub(crate) world: Arc<World>,
    pub(crate) clock: Arc<Clock>,
    pub(crate) scripts: RefCell<Vec<Option<Script>>>,
    /// The first member of each part, and how many there are.
    pub(crate) parts: Vec<(usize, usize)>,
    pub(crate) limit: usize,
    /// Parts that wait for others and have not been made.
    pub(crate) waiting: RefCell<Vec<bool>>,
}

impl Maker {
    fn member(&self, id: usize) -> Scripted {
        let script = self.scripts.borrow_mut()[id].take().expect("a member is made once");
        Scripted::new(id, script, &self.world)
    }

    fn one(&self, part: usize) -> Scripted {
        self.member(self.parts[part].0)
    }

    fn list(&self, part: usize) -> impl Iterator<Item = Scripted> + use<'_> {
        let (first, len) = self.parts[part];
        (first..first + len).map(|id| self.member(id))
    }

    /// What a member waited for is there.
    fn saw(&self, part: usize, values: &[Vec<usize>]) {
        assert!(std::mem::take(&mut self.waiting.borrow_mut()[part]), "it is made once");
        for ids in values {
            let part = self.parts.iter().find(|(first, len)| *len > 0 && Some(first) == ids.first());
            if let Some((first, len)) = part {
                assert_eq!(*ids, (*first..first + len).collect::<Vec<_>>(), "in order, and all of them");
            }
        }
    }

    fn one_after(&self, part: usize, values: &[Vec<usize>]) -> Scripted {
        self.saw(part, values);
        self.one(part)
    }

    fn list_after(&self, part: usize, values: &[Vec<usize>]) -> impl Iterator<Item = Scripted> + use<'_> {
        self.saw(part, values);
        self.list(part)
    }

    fn until(&self) -> Until {
        Until(Arc::clone(&self.clock))
    }
}

/// A value that a dependant sees: the members that it is of, if all have succeeded.
trait Seen {
    fn ids(&self) -> Vec<usize>;
}

impl Seen for Value {
    fn ids(&self) -> Vec<usize> {
        vec![self.id()]
    }
}

impl<E> Seen for Result<Value, E> {
    fn ids(&self) -> Vec<usize> {
        self.as_ref().map_or_else(|_| vec![], Seen::ids)
    }
}

impl<T: Seen> Seen for Vec<T> {
    fn ids(&self) -> Vec<usize> {
        let ids: Vec<Vec<usize>> = self.iter().map(Seen::ids).collect();
        if ids.iter().any(Vec::is_empty) { vec![] } else { ids.concat() }
    }
}

pub(crate) type Group<'m> = Pin<Box<dyn Future<Output = Vec<Got>> + 'm>>;

pub(crate) struct Graph {
    /// Whether each part is a list, and whether it waits for others.
    pub(crate) parts: &'static [(bool, bool)],
    #[allow(dead_code, reason = "for tests of what members are called")]
    pub(crate) names: &'static [&'static str],
    pub(crate) make: for<'m> fn(&'m Maker, Variant) -> Group<'m>,
}

/// `(0 xs list a b)`: part 0 is the list `xs`, which waits for `a` and `b`.
macro_rules! graph {
    (@member $m:ident [$($q:tt)?] [$($option:tt)*] {$($done:tt)*};) => {
        gather! { $($done)* $($option)* }
    };
    (@member $m:ident [$($q:tt)?] $option:tt {$($done:tt)*}; ($i:literal $name:ident one) $($rest:tt)*) => {
        graph!(@member $m [$($q)?] $option {$($done)* $name => $m.one($i)$($q)?,}; $($rest)*)
    };
    (@member $m:ident [$($q:tt)?] $option:tt {$($done:tt)*}; ($i:literal $name:ident list) $($rest:tt)*) => {
        graph!(@member $m [$($q)?] $option {$($done)* $name => *$m.list($i)$($q)?,}; $($rest)*)
    };
    (@member $m:ident [$($q:tt)?] $option:tt {$($done:tt)*}; ($i:literal $name:ident one $($dep:ident)+) $($rest:tt)*) => {
        graph!(@member $m [$($q)?] $option {$($done)*
            $name => move |$($dep),+| $m.one_after($i, &[$($dep.ids()),+])$($q)?,
        }; $($rest)*)
    };
    (@member $m:ident [$($q:tt)?] $option:tt {$($done:tt)*}; ($i:literal $name:ident list $($dep:ident)+) $($rest:tt)*) => {
        graph!(@member $m [$($q)?] $option {$($done)*
            $name => *move |$($dep),+| $m.list_after($i, &[$($dep.ids()),+])$($q)?,
        }; $($rest)*)
    };
    (@part $i:literal $name:ident one) => { (false, false) };
    (@part $i:literal $name:ident list) => { (true, false) };
    (@part $i:literal $name:ident one $($dep:ident)+) => { (false, true) };
    (@part $i:literal $name:ident list $($dep:ident)+) => { (true, true) };
    (@name $i:literal $name:ident $($rest:tt)*) => { stringify!($name) };
    (@fields $r:ident; $(($i:literal $name:ident $($rest:tt)*))+) => {{
        let mut got = Vec::new();
        $($r.$name.taken(&mut got);)+
        got
    }};
    (@fields_of $group:expr; $($members:tt)+) => {{
        let group = $group;
        Box::pin(async move { let r = group.await; graph!(@fields r; $($members)+) })
    }};
    (@first_of $group:expr; $($members:tt)+) => {{
        let group = $group;
        Box::pin(async move { group.await.map_or_else(first, |r| graph!(@fields r; $($members)+)) })
    }};
    (@all_of $group:expr; $($members:tt)+) => {{
        let group = $group;
        Box::pin(async move { group.await.map_or_else(all, |r| graph!(@fields r; $($members)+)) })
    }};
    (@variants $m:ident $variant:ident; $($ms:tt)+) => {
        match $variant {
            Variant::Plain => graph!(@fields_of graph!(@member $m [] [] {}; $($ms)+); $($ms)+),
            Variant::FirstError => graph!(@first_of graph!(@member $m [?] [] {}; $($ms)+); $($ms)+),
            Variant::FirstErrorLimited => {
                graph!(@first_of graph!(@member $m [?] [; limit = $m.limit] {}; $($ms)+); $($ms)+)
            }
            Variant::AllErrors => graph!(@all_of graph!(@member $m [?] [; all_errors] {}; $($ms)+); $($ms)+),
            Variant::AllErrorsLimited => {
                graph!(@all_of graph!(@member $m [?] [; all_errors, limit = $m.limit] {}; $($ms)+); $($ms)+)
            }
            Variant::ReturnExceptions => {
                graph!(@fields_of graph!(@member $m [] [; return_exceptions] {}; $($ms)+); $($ms)+)
            }
            Variant::ReturnExceptionsLimited => {
                graph!(@fields_of graph!(@member $m [] [; return_exceptions, limit = $m.limit] {}; $($ms)+); $($ms)+)
            }
            Variant::Until => {
                graph!(@fields_of graph!(@member $m [] [; return_exceptions, until = $m.until()] {}; $($ms)+); $($ms)+)
            }
            Variant::UntilLimited => graph!(
                @fields_of
                graph!(@member $m [] [; return_exceptions, until = $m.until(), limit = $m.limit] {}; $($ms)+);
                $($ms)+
            ),
        }
    };
    ($(($($member:tt)+))+) => {{
        fn make(m: &Maker, variant: Variant) -> Group<'_> {
            graph!(@variants m variant; $(($($member)+))+)
        }
        Graph { parts: &[$(graph!(@part $($member)+)),+], names: &[$(graph!(@name $($member)+)),+], make }
    }};
}

#[rustfmt::skip]
pub(crate) static GRAPHS: &[Graph] = &[
    graph!((0 xs list)),
    graph!((0 a one) (1 xs list) (2 b one)),
    graph!((0 xs list) (1 n one xs)),
    graph!((0 xs list) (1 ys list xs) (2 n one ys)),
    graph!((0 n one xs) (1 xs list) (2 ys list)),
    graph!((0 a one) (1 xs list a) (2 n one xs a)),
    graph!((0 c one a b) (1 a one) (2 b one a) (3 xs list)),
    graph!((0 xs list) (1 ys list) (2 n one xs ys) (3 m one n)),
    graph!((0 zs list ys) (1 xs list) (2 ys list xs) (3 a one)),
    graph!((0 a one) (1 b one) (2 c one) (3 d one) (4 e one) (5 f one) (6 g one) (7 h one) (8 i one)
        (9 xs list a) (10 n one xs i) (11 ys list n)),
];
