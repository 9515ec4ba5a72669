//! Right programs that a macro could get wrong: they compile without an error or a warning, and give what they should. In
//! edition 2021 as well: `cargo test -p legitimate-2021`.
#![forbid(unsafe_code)]
#![deny(warnings)]
#![allow(clippy::unused_async, reason = "members are most often calls of async fns")]
#![allow(clippy::items_after_statements, reason = "each program stands beside its result")]

mod angles;
mod fragments;
mod never;

use std::fmt::Display;
use std::future::{Future, IntoFuture, Ready, pending, ready};
use std::pin::{Pin, pin};

use futures::executor::block_on;
use gather::gather;

async fn double(n: u32) -> u32 {
    n * 2
}

async fn parse(text: &str) -> Result<u32, std::num::ParseIntError> {
    text.parse()
}

#[test]
fn generic_members() {
    async fn both<A: Future, B: IntoFuture>(a: A, b: B) -> (A::Output, B::Output) {
        gather!(a, b).await
    }
    async fn fallible<A, B, E>(a: A, b: B) -> Result<(u32, String), E>
    where
        A: Future<Output = Result<u32, E>>,
        B: Future<Output = Result<String, E>>,
    {
        let r = gather! { a => a?, b => b? }.await?;
        Ok((r.a, r.b))
    }
    async fn unpacked<T, I: IntoIterator<Item: Future<Output = T>>>(list: I) -> Vec<T> {
        gather!(*list; limit = 2).await
    }
    async fn kept<T: Display>(value: impl Future<Output = T>) -> String {
        let (value,) = gather!(value; return_exceptions).await;
        value.map_or_else(|e| e.to_string(), |value| value.to_string())
    }
    assert_eq!(block_on(both(double(1), ready("b"))), (2, "b"));
    assert_eq!(block_on(fallible(parse("1"), ready(Ok("b".to_owned())))), Ok((1, "b".to_owned())));
    assert_eq!(block_on(unpacked([double(1), double(2)])), [2, 4]);
    assert_eq!(block_on(kept(double(4))), "8");
}

#[test]
fn boxed_and_dyn_members() {
    let boxed: Box<dyn Future<Output = u32> + Unpin> = Box::new(ready(1));
    let pinned: Pin<Box<dyn Future<Output = u32> + '_>> = Box::pin(double(1));
    let mut on_the_stack = pin!(double(2));
    let lent: Pin<&mut dyn Future<Output = u32>> = on_the_stack.as_mut();
    let mut unpin = ready(5);
    let group = gather! { boxed => boxed, pinned => pinned, lent => lent, unpin => &mut unpin };
    let r = block_on(group);
    assert_eq!((r.boxed, r.pinned, r.lent, r.unpin), (1, 2, 4, 5));

    let mixed: Vec<Pin<Box<dyn Future<Output = u32>>>> = vec![Box::pin(double(1)), Box::pin(async { 7 })];
    assert_eq!(block_on(gather!(*mixed)), [2, 7]);
}

#[test]
fn types_that_a_later_sibling_tells() {
    async fn same<T>(a: T, _: &std::cell::Cell<Option<T>>) -> T {
        a
    }
    let cell = std::cell::Cell::default();
    let r = block_on(async { gather! { list => async { Vec::new() }, one => same(1_u8, &cell) }.await });
    let mut list = r.list;
    list.push(r.one);
    assert_eq!(list, [1_u8]);

    let (none, number) = block_on(gather!(ready(None), ready("17".parse().unwrap())));
    assert_eq!(u64::checked_add(none.unwrap_or(1), number), Some(18));

    let (a, b) = block_on(gather!(async { Ok(1) }?, parse("2")?)).unwrap();
    assert_eq!(a + b, 3);

    let empty = block_on(gather!(*Vec::<Ready<u8>>::new()));
    assert_eq!(empty, []);
}

#[test]
fn borrows() {
    let text = String::from("17");
    let mut log = Vec::new();
    let r = block_on(gather! { number => parse(&text), _ => async { log.push(1) }, length => async { text.len() } });
    assert_eq!((r.number, r.length, log), (Ok(17), 2, vec![1]));

    struct Client {
        base: u32,
    }
    impl Client {
        async fn page(&self, n: u32) -> u32 {
            self.base + n
        }
        async fn pages(&self, ids: &[u32]) -> Vec<u32> {
            gather!(*ids.iter().map(|id| self.page(*id)); limit = 2).await
        }
        async fn change(&mut self) -> (u32, u32) {
            let Self { base } = self;
            gather!(
                async {
                    *base += 1;
                    *base
                },
                double(3)
            )
            .await
        }
    }
    let mut client = Client { base: 10 };
    assert_eq!(block_on(client.pages(&[1, 2, 3])), [11, 12, 13]);
    assert_eq!(block_on(client.change()), (11, 6));
}

#[test]
fn nested_and_in_control_flow() {
    async fn run(deep: bool) -> Result<u32, std::num::ParseIntError> {
        let mut sum = 0;
        for n in 0..3 {
            let (a, b) =
                if deep { gather!(double(n), double(n)).await } else { gather!(double(n), double(0); limit = 1).await };
            sum += a + b;
            if n == 1 {
                gather!(double(n), if deep { continue } else { double(0) }).await;
            }
        }
        let r = gather! {
            inner => gather! { a => parse("1")?, b => gather!(double(1), gather!()) }?,
            outer => match sum {
                0 => double(0),
                n => double(n),
            },
        };
        let r = r.await?;
        let ((b, ()), a) = (r.inner.b, r.inner.a);
        Ok(r.outer + a + b)
    }
    assert_eq!(block_on(run(true)), Ok(24 + 3));
    assert_eq!(block_on(run(false)), Ok(12 + 3));
}

#[test]
fn members_that_never_give_a_value() {
    fn early(stop: bool) -> Option<u32> {
        let group = gather! {
            a => if stop { return None } else { double(1) },
            b => double(2),
        };
        let r = block_on(group);
        Some(r.a + r.b)
    }
    assert_eq!((early(true), early(false)), (None, Some(6)));

    let question = |text: &str| -> Result<u32, std::num::ParseIntError> {
        let (a, b) = block_on(gather!(double(text.parse()?), double(1)));
        Ok(a + b)
    };
    assert_eq!(question("2"), Ok(6));
    assert!(question("").is_err());

    fn stopped() -> (u32, u32) {
        block_on(gather!(double(1), return (0, 5)))
    }
    assert_eq!(stopped(), (0, 5));
    'out: {
        block_on(gather! { _ => double(1), _ => { break 'out } });
    }
}

#[test]
fn members_that_are_still_to_be_written() {
    fn panics<T>(run: impl FnOnce() -> T + std::panic::UnwindSafe) {
        assert!(std::panic::catch_unwind(run).is_err());
    }
    panics(|| -> (u32, u32) { block_on(gather!(todo!(), double(1))) });
    panics(|| block_on(gather!(double(1), { std::unimplemented!("later") })).0);
    panics(|| -> Result<(u32, String), String> { block_on(gather!(ready(Ok(1))?, todo!()?)) });
    panics(|| -> (Vec<u32>, u32) { block_on(gather!(*todo!(), double(1); limit = 1)) });
    panics(|| block_on(gather!(double(1), panic!(); return_exceptions)).0.is_ok());
}

#[test]
fn in_traits_and_const_generics() {
    trait Source {
        const IDS: usize;
        fn fetch(&self, id: usize) -> impl Future<Output = usize>;
        fn all<const N: usize>(&self) -> impl Future<Output = [usize; N]> {
            async {
                let ids: [usize; N] = std::array::from_fn(|i| i);
                let all = gather!(*ids.map(|id| self.fetch(id))).await;
                all.try_into().unwrap_or([Self::IDS; N])
            }
        }
    }
    struct Squares;
    impl Source for Squares {
        const IDS: usize = 9;
        async fn fetch(&self, id: usize) -> usize {
            id * id
        }
    }
    struct Pair<T, const N: usize> {
        a: T,
        b: [u8; N],
    }
    impl<T: Copy, const N: usize> Pair<T, N> {
        async fn gathered(a: T) -> Self {
            gather!(Self { a: async { a }, b: ready([0; N]) }).await
        }
    }
    assert_eq!(block_on(Squares.all::<3>()), [0, 1, 4]);
    let pair = block_on(Pair::<_, 2>::gathered("a"));
    assert_eq!((pair.a, pair.b), ("a", [0, 0]));
}

#[test]
fn members_made_by_macros() {
    macro_rules! doubled {
        ($($n:expr),*) => { gather!($(double($n)),*) };
    }
    macro_rules! named {
        ($($name:ident = $value:expr),*; $($option:tt)*) => { gather! { $($name => $value),*; $($option)* } };
    }
    macro_rules! member {
        ($n:expr) => {
            double($n)
        };
    }
    let (a, b, c) = block_on(doubled!(1, 1 + 1, 3));
    assert_eq!((a, b, c), (2, 4, 6));
    let r = block_on(named!(x = member!(1), y = parse("2"); limit = 1));
    assert_eq!((r.x, r.y), (2, Ok(2)));
}

#[test]
fn words_of_other_macros_are_names_too() {
    let (maybe, biased) = (double(1), double(2));
    let r = block_on(gather! {
        maybe => maybe,
        biased => biased,
        finally => async {
            let mut sum = 0;
            for n in [1, 2] {
                sum += double(n).await;
            }
            sum
        },
        block => { double(4) },
        closed => async move { [5].map(|n| n + 1) },
    });
    assert_eq!((r.maybe, r.biased, r.finally, r.block, r.closed), (2, 4, 6, 8, [6]));
    let spawn = double(1);
    assert_eq!(block_on(gather!((spawn), if maybe_later() { double(2) } else { double(3) })), (2, 6));

    fn maybe_later() -> bool {
        false
    }
}

#[test]
fn groups_as_values() {
    fn doubled(n: u32) -> impl Future<Output = (u32, u32)> + Send {
        gather!(double(n), double(n + 1))
    }
    fn boxed<'a>(text: &'a str) -> Pin<Box<dyn Future<Output = u32> + Send + 'a>> {
        Box::pin(async move {
            let r = gather! { text => parse(text), length => async |text| { text.iter().count() } }.await;
            r.text.map_or(0, |n| n + u32::try_from(r.length).unwrap_or_default())
        })
    }
    struct Kept<F> {
        group: F,
    }
    let kept = Kept { group: gather! { a => double(1), b => double(2); limit = 1 } };
    let later = Some(gather!(*[double(5)]));
    let many: Vec<_> = (0..3).map(|n| gather!(double(n), boxed("7"))).collect();
    assert_eq!(block_on(gather!(*many)), [(0, 8), (2, 8), (4, 8)]);
    assert_eq!(block_on(doubled(1)), (2, 4));
    let r = block_on(kept.group);
    assert_eq!((r.a, r.b), (2, 4));
    assert_eq!(later.map(block_on), Some(vec![10]));

    let mut pinned = pin!(gather!(ready(1), ready(2)));
    assert_eq!(block_on(pinned.as_mut()), (1, 2));
}

#[test]
fn values_of_options_that_are_told_by_what_takes_them() {
    let r = block_on(gather! { a => double(1), b => double(2); limit = "2".parse().unwrap() });
    assert_eq!(r.a + r.b, 6);
    let (one,) = block_on(gather!(double(1); limit = 2_u8.into()));
    assert_eq!(one, 2);
}

#[test]
fn the_only_fallible_member() {
    async fn asked(text: &str) -> Result<u32, Box<dyn std::error::Error>> {
        let (n,) = gather!(parse(text)?).await?;
        let r = gather! { a => double(n), b => *[parse(text)]? }.await?;
        let known: Result<_, std::num::ParseIntError> = gather! { c => async { Ok(3) }? }.await;
        Ok(r.a + r.b[0] + known?.c)
    }
    assert_eq!(block_on(asked("1")).ok(), Some(2 + 1 + 3));
    assert!(block_on(asked("")).is_err());
}

#[test]
fn fields_that_are_read_in_any_way() {
    let whole = block_on(gather! { a => double(1), b => double(2) });
    assert_eq!(format!("{:?}", whole.clone()), "Gathered { a: 2, b: 4 }");
    assert_eq!(whole.a + whole.b, 6);
    let r = block_on(gather! { r#type => double(1), r#async => double(2), snake_case => ready(()) });
    assert_eq!((r.r#type, r.r#async, r.snake_case), (2, 4, ()));
}

#[test]
fn options_of_any_type() {
    let limit = std::num::NonZeroUsize::MIN;
    let group =
        gather!(double(1), pending::<u8>(); return_exceptions, limit = limit.get() + 1, until = async { "now" });
    let (one, never) = block_on(group);
    assert_eq!(one.unwrap(), 2);
    assert!(never.unwrap_err().is_cancelled());

    let error = block_on(gather!(parse("")?; error = Box<dyn std::error::Error>)).unwrap_err();
    assert!(error.is::<std::num::ParseIntError>());
}
