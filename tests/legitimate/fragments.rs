//! What a `macro_rules` takes as `$f:expr` is one expression, whatever is in it.

use std::future::{IntoFuture, Ready, ready};

use futures::executor::block_on;
use gather::{gather, gather_group};

use super::{double, parse};

macro_rules! called {
    ($f:expr) => {
        gather!($f(1))
    };
}
macro_rules! members {
    ($($member:expr),+) => { gather!($($member),+) };
}
macro_rules! record {
    ($($member:expr),+; $limit:expr) => { gather! { $(_ => $member,)+ all => *vec![$($member),+]; limit = $limit } };
}
macro_rules! twice {
    ($n:expr) => {
        gather!(double($n * 2), async { -$n }, async { $n as u32 }, *(0..$n).map(|m| double($n * m)))
    };
}

#[test]
fn called_as_it_is() {
    assert_eq!(block_on(called!(|n: u32| double(n + 1))), (4,));
    assert_eq!(block_on(called!(double)), (2,));
    assert_eq!(
        block_on(called!(match 1 {
            1 => double,
            _ => unreachable!(),
        })),
        (2,)
    );
}

#[test]
fn operators_keep_what_they_bind() {
    let n = 1_u32;
    let (product, _, cast, list) = block_on(async {
        macro_rules! twice_of {
            ($n:expr) => {
                gather!(double($n * 2), async { !$n }, async { $n as u64 }, *(0..$n).map(|m| double($n * m)))
            };
        }
        twice_of!(n + 2).await
    });
    assert_eq!((product, cast, list), (12, 3, vec![0, 6, 12]));
    let shifted = block_on(twice!(1 | 2)).0;
    assert_eq!(shifted, 12);
}

#[test]
fn nothing_in_it_belongs_to_the_group() {
    // No list, no option, no dependant, no struct, no `?` of the group's.
    let boxed = Box::new(double(1));
    let (spawn, limit) = (double(2), ready(3));
    assert_eq!(block_on(members!(*boxed, spawn, limit)), (2, 4, 3));
    struct Done {
        n: u32,
    }
    impl IntoFuture for Done {
        type Output = u32;
        type IntoFuture = Ready<u32>;
        fn into_future(self) -> Ready<u32> {
            ready(self.n)
        }
    }
    assert_eq!(block_on(members!(Done { n: 1 })), (1,));
    let question = |text: &str| -> Result<u32, std::num::ParseIntError> {
        Ok(block_on(members!(double(text.parse()?), parse(text), async { text.len() })).0)
    };
    assert_eq!(question("2").map_err(drop), Ok(4));
    assert!(question("").is_err());
    let r = block_on(record!(double(1), double(2); if limit_is_one() { 1 } else { 2 }));
    assert_eq!(r.all, [2, 4]);

    fn limit_is_one() -> bool {
        true
    }
}

#[test]
fn other_fragments() {
    macro_rules! all {
        ($t:ty, $p:pat, $b:block, $l:literal, $path:path, $name:ident) => {
            gather! {
                $name => async { Vec::<$t>::new() },
                pattern => async { matches!(Some(1), $p) },
                block => async $b,
                literal => double($l),
                path => $path(3),
                seen => |$name: &Vec<$t>| ready($name.len()),
            }
        };
    }
    let r = block_on(all!(&'static str, Some(1) | None, { 4 }, 2, double, list));
    assert_eq!((r.list.len(), r.pattern, r.block, r.literal, r.path, r.seen), (0, true, 4, 4, 6, 0));
    macro_rules! of_struct {
        ($path:path, $n:expr) => {
            gather!($path { n: double($n + 1) })
        };
    }
    struct Pair<T> {
        n: T,
    }
    assert_eq!(block_on(of_struct!(Pair::<u32>, 1)).n, 4);
}

#[test]
fn under_the_attribute() {
    macro_rules! product {
        ($name:ident, $n:expr) => {
            #[gather_group]
            async fn $name() -> u32 {
                let a = double($n * 2).await;
                let b = double($n).await;
                a + b
            }
        };
    }
    product!(of_sum, 1 + 2);
    assert_eq!(block_on(of_sum()), 18);
}
