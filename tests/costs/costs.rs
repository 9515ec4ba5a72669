//! What a group costs, exactly: allocations, the size of its future, polls of its members.
#![forbid(unsafe_code)]
#![recursion_limit = "512"]

#[path = "../support/yields.rs"]
mod yields;

use std::cell::Cell;
use std::hint::black_box;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use allocation_counter::{AllocationInfo, measure};
use futures_concurrency::future::Join;
use gather::gather;
use yields::yield_once;

/// A member that keeps its waker until its place says that it is open.
struct Kept<'a>(&'a Place);

#[derive(Default)]
struct Place {
    open: Cell<bool>,
    waker: Cell<Option<Waker>>,
    polls: Cell<u32>,
}

impl Place {
    fn open(&self) {
        self.open.set(true);
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }
}

impl Future for Kept<'_> {
    type Output = u64;
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<u64> {
        let place = self.0;
        place.polls.set(place.polls.get() + 1);
        if place.open.get() {
            return Poll::Ready(7);
        }
        place.waker.set(Some(cx.waker().clone()));
        Poll::Pending
    }
}

fn places<const N: usize>() -> [Place; N] {
    std::array::from_fn(|_| Place::default())
}

/// Ready at the second poll; it keeps no waker.
async fn yields(i: usize) -> u64 {
    yield_once().await;
    i as u64
}

fn poll<G: Future>(group: Pin<&mut G>) -> Poll<G::Output> {
    // A clone, and so equal to its own clones: the compiler may have several tables of the no-op waker.
    let waker = Waker::noop().clone();
    group.poll(&mut Context::from_waker(&waker))
}

/// Polls it until it is ready; it wakes itself.
fn run<G: Future>(group: G) -> G::Output {
    let mut group = pin!(group);
    loop {
        if let Poll::Ready(output) = poll(group.as_mut()) {
            return output;
        }
    }
}

/// Polls `group` at the start and each time that one of `places` was opened.
fn run_kept<G: Future>(group: G, places: &[Place]) -> G::Output {
    let mut group = pin!(group);
    assert!(poll(group.as_mut()).is_pending());
    for place in &places[1..] {
        place.open();
        assert!(poll(group.as_mut()).is_pending());
    }
    places[0].open();
    match poll(group) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("all members are ready"),
    }
}

/// Calls a macro for each size of fixed groups that is looked at.
macro_rules! for_each_size {
    ($each:ident) => {
        $each!(2: 0 1);
        $each!(4: 0 1 2 3);
        $each!(8: 0 1 2 3 4 5 6 7);
        $each!(16: 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15);
        $each!(64: 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31
            32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 59 60 61 62 63);
    };
}

/// Allocations of so many members and of their group where debug assertions are on. `.ci/run` runs these tests without them, too.
fn on_the_heap(members: u64) -> u64 {
    if gather::__private::ON_THE_HEAP { members + 1 } else { 0 }
}

#[test]
fn a_fixed_group_allocates_nothing_for_members_that_keep_no_waker() {
    macro_rules! size {
        ($n:literal: $($i:literal)*) => {
            let info = measure(|| {
                black_box(run(gather!($(yields($i)),*)));
            });
            assert_eq!(info.count_total, on_the_heap($n), "of {}", $n);
            let info = measure(|| {
                let all = run(gather!($(async { Ok::<_, u8>(yields($i).await) }?),*));
                assert!(black_box(all).is_ok());
            });
            assert_eq!(info.count_total, on_the_heap($n), "of {} that may fail", $n);
        };
    }
    for_each_size!(size);
}

#[test]
fn a_fixed_group_allocates_at_most_once_for_members_that_keep_their_wakers() {
    macro_rules! size {
        ($n:literal: $($i:literal)*) => {
            let places = places::<$n>();
            let info = measure(|| {
                black_box(run_kept(gather!($(Kept(&places[$i])),*), &places));
            });
            let beside = info.count_total - on_the_heap($n);
            assert!(beside <= 1, "{beside} allocations of {}", $n);
        };
    }
    for_each_size!(size);
}

#[test]
fn a_fixed_group_that_is_dropped_gives_all_back() {
    let places = places::<16>();
    let info = measure(|| {
        let mut group = Box::pin(gather!(Kept(&places[0]), Kept(&places[1]), *[Kept(&places[2])]));
        assert!(poll(group.as_mut()).is_pending());
        drop(group);
        for place in &places {
            drop(place.waker.take());
        }
    });
    assert_eq!((info.count_current, info.bytes_current), (0, 0));
}

/// What a list of so many allocates, once with members that keep no waker and once with members that do.
fn of_list(count: usize) -> [(AllocationInfo, usize); 2] {
    let yielding = measure(|| {
        assert_eq!(black_box(run(gather!(*(0..count).map(yields)))).len(), count);
    });
    let places: Vec<Place> = (0..count).map(|_| Place::default()).collect();
    let keeping = measure(|| {
        assert_eq!(black_box(run_kept(gather!(*places.iter().map(Kept)), &places)).len(), count);
    });
    [(yielding, size_of_val(&yields(0))), (keeping, size_of::<Kept<'_>>())]
}

const LISTS: [usize; 4] = [100, 1_000, 1_024, 10_000];

#[test]
fn a_list_allocates_at_most_three_times() {
    for count in LISTS {
        for (info, _) in of_list(count) {
            let beside = info.count_total - on_the_heap(0);
            assert!(beside <= 3, "{beside} allocations of {count}");
        }
    }
}

#[test]
fn a_list_takes_at_most_ten_bytes_a_member_beyond_future_and_output() {
    for count in LISTS {
        for (info, future) in of_list(count) {
            let most = count * (future + size_of::<u64>() + 10);
            assert!(info.bytes_max <= most as u64, "{} bytes of {count}, not {most}", info.bytes_max);
        }
    }
}

#[test]
fn under_a_limit_memory_grows_with_the_limit_and_the_results_only() {
    const FUTURE: usize = 1_000;
    for (count, limit) in [(100, 8), (10_000, 8), (10_000, 100)] {
        let info = measure(|| {
            let items = (0..count).map(sized::<FUTURE, 8>);
            assert_eq!(black_box(run(gather!(*items; limit = limit))).len(), count);
        });
        // What is known of a result until the end, in a `Vec` that has grown, while it becomes the `Vec` of the results.
        let results = 3 * count * size_of::<Option<u64>>();
        let most = limit * (2 * FUTURE + 500) + results;
        assert!(info.bytes_max <= most as u64, "{} bytes of {count}, {limit} at once, not {most}", info.bytes_max);
    }
}

#[test]
fn an_item_of_a_list_is_polled_as_often_as_it_is_woken_and_once_more() {
    // Of up to eight items all are polled, as of members.
    for count in [9, 10, 31, 64, 65, 1_000] {
        let places: Vec<Place> = (0..count).map(|_| Place::default()).collect();
        run_kept(gather!(*places.iter().map(Kept)), &places);
        assert!(places.iter().all(|place| place.polls.get() == 2), "of {count}");
    }
}

#[test]
fn a_member_of_a_large_fixed_group_is_polled_as_often_as_it_is_woken_and_once_more() {
    macro_rules! size {
        ($n:literal: $($i:literal)*) => {
            let places = places::<$n>();
            run_kept(gather!($(Kept(&places[$i])),*), &places);
            let polls = places.each_ref().map(|place| place.polls.get());
            assert!($n < 16 || polls == [2; $n], "{polls:?}");
        };
    }
    for_each_size!(size);
}

/// A member of about so many bytes, with an output of so many.
async fn sized<const FUTURE: usize, const OUTPUT: usize>(i: usize) -> [u8; OUTPUT] {
    let bytes = [u8::try_from(i).unwrap_or(u8::MAX); FUTURE];
    yields(i).await;
    [bytes.into_iter().fold(0, u8::wrapping_add); OUTPUT]
}

async fn fallible<const FUTURE: usize>(i: usize) -> Result<u64, String> {
    let bytes = [u8::try_from(i).unwrap_or(u8::MAX); FUTURE];
    yields(i).await;
    Ok(bytes.into_iter().map(u64::from).sum())
}

#[test]
fn the_future_of_a_fixed_group_is_no_larger_than_the_smallest_of_the_peers() {
    macro_rules! shape {
        ($($member:expr),*) => {
            let ours = size_of_val(&async { gather!($($member),*).await });
            let peers = [
                size_of_val(&async { tokio::join!($($member),*) }),
                size_of_val(&async { tokio::join!(biased; $($member),*) }),
                size_of_val(&async { futures::join!($($member),*) }),
            ];
            let shape = concat!($(stringify!($member), " "),*);
            assert!(ours <= peers.into_iter().min().unwrap_or_default(), "{ours} bytes, not {peers:?}: {shape}");
        };
    }
    macro_rules! size {
        ($n:literal: $($i:literal)*) => {
            shape!($(std::future::ready($i)),*);
            shape!($(yields($i)),*);
            shape!($(sized::<0, 0>($i)),*);
            shape!($(sized::<100, 1>($i)),*);
            shape!($(sized::<1, 100>($i)),*);
            shape!($(sized::<1000, 8>($i)),*);
            // Each member has a size of its own.
            shape!($(sized::<{ $i * 7 }, { $i % 5 }>($i)),*);
            shape!($(async { (yields($i).await, String::new()) }),*);
        };
    }
    for_each_size!(size);
}

/// Those of twelve members at most.
#[test]
fn the_future_of_a_fixed_group_is_no_larger_than_that_of_a_tuple() {
    macro_rules! shape {
        ($($member:expr),*) => {
            let ours = size_of_val(&async { gather!($($member),*).await });
            let tuple = size_of_val(&async { ($($member),*).join().await });
            assert!(ours <= tuple, "{ours} bytes, not {tuple}: {}", concat!($(stringify!($member), " "),*));
        };
    }
    macro_rules! size {
        ($n:literal: $($i:literal)*) => {
            shape!($(std::future::ready($i)),*);
            shape!($(yields($i)),*);
            shape!($(sized::<100, 1>($i)),*);
            shape!($(sized::<1, 100>($i)),*);
            shape!($(sized::<{ $i * 7 }, { $i % 5 }>($i)),*);
        };
    }
    size!(2: 0 1);
    size!(4: 0 1 2 3);
    size!(8: 0 1 2 3 4 5 6 7);
}

#[test]
fn the_future_of_a_group_that_may_fail_is_no_larger_than_the_smallest_of_the_peers() {
    macro_rules! shape {
        ($($member:expr),*) => {
            let ours = size_of_val(&async { gather!($($member?),*).await });
            let peers = [
                size_of_val(&async { tokio::try_join!($($member),*) }),
                size_of_val(&async { tokio::try_join!(biased; $($member),*) }),
                size_of_val(&async { futures::try_join!($($member),*) }),
            ];
            let shape = concat!($(stringify!($member), " "),*);
            assert!(ours <= peers.into_iter().min().unwrap_or_default(), "{ours} bytes, not {peers:?}: {shape}");
        };
    }
    macro_rules! size {
        ($n:literal: $($i:literal)*) => {
            shape!($(fallible::<0>($i)),*);
            shape!($(fallible::<100>($i)),*);
            shape!($(fallible::<{ $i * 7 }>($i)),*);
        };
    }
    for_each_size!(size);
}
