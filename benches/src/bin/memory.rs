//! What groups allocate, how large their futures are, and how often members are polled. All of it is exact.
#![recursion_limit = "512"]
#![forbid(unsafe_code)]

use std::collections::BTreeMap;

use allocation_counter::{AllocationInfo, measure};
use futures_concurrency::future::Join;
use gather::gather;
use gather_bench_peers::items::{Kind, POLLS, WORK_ITEMS};
use gather_bench_peers::{Entry, WorkItem, peers, polls};
use gather_benches::spawned::{SIZES, WAYS};

fn main() {
    allocations();
    sizes();
    poll_counts();
    tasks();
}

fn entries(item: WorkItem, n: usize) -> Vec<Entry> {
    let mut entries = gather_benches::gather(item, n);
    entries.extend(peers(item, n));
    entries
}

/// The second time: what is made once in a program is no cost of a group.
fn allocated(run: impl Fn()) -> AllocationInfo {
    run();
    measure(&run)
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
fn per_member(count: u64, n: usize) -> f64 {
    count as f64 / n as f64
}

fn is_list(kind: Kind) -> bool {
    matches!(kind, Kind::List | Kind::Limited(_))
}

/// The items of which allocations are counted.
const ALLOCATING: [&str; 9] = ["A1", "A2", "A3", "B1", "B2", "B3", "L1/64", "L2/64", "L3/64"];

fn allocations() {
    println!("### Allocations\n");
    println!(
        "Of a list, the bytes are those at the peak, beyond the futures and the outputs. No goal for other peers than gather:"
    );
    println!(
        "a fixed group allocates nothing until a member keeps its waker, then once; a list at most three times, and at most"
    );
    println!(
        "10 bytes per member. Under a limit the futures count too, and memory is to grow with the limit and the outputs.\n"
    );
    for item in WORK_ITEMS.into_iter().filter(|item| ALLOCATING.contains(&item.name)) {
        let sizes: &[usize] = match item.kind {
            Kind::Fixed | Kind::Fallible => &[2, 8, 64],
            Kind::List => &[10, 100, 10_000],
            Kind::Limited(_) => &[1_000, 10_000],
        };
        for &n in sizes {
            let entries = entries(item, n);
            // Futures that the floor allocates, and outputs of 8 bytes.
            let own = entries
                .iter()
                .find(|entry| entry.peer == "floor")
                .map_or(0, |floor| allocated(|| floor.run(1)).bytes_max);
            let own = match item.kind {
                Kind::Fixed | Kind::Fallible => own,
                Kind::List => own + 8 * n as u64,
                Kind::Limited(_) => 8 * n as u64,
            };
            let figures: Vec<String> = entries
                .iter()
                .filter(|entry| entry.peer != "floor")
                .map(|entry| {
                    let info = allocated(|| entry.run(1));
                    let peak = info.bytes_max.saturating_sub(own);
                    if is_list(item.kind) {
                        format!("{} {} ({:.1} B per member)", entry.peer, info.count_total, per_member(peak, n))
                    } else {
                        format!("{} {} ({peak} B)", entry.peer, info.count_total)
                    }
                })
                .collect();
            println!("* {} N = {n}: {}", item.name, figures.join(", "));
        }
    }
}

/// Its future is so many bytes and a few more.
async fn member<const BYTES: usize>(i: usize) -> u64 {
    let bytes = [u8::try_from(i).unwrap_or(u8::MAX); BYTES];
    tokio::task::yield_now().await;
    bytes.iter().map(|b| u64::from(*b)).sum()
}

type Sizes = BTreeMap<&'static str, usize>;

macro_rules! size {
    ($name:ident $n:literal: $($i:literal)*) => {
        fn $name<F: Future>(make: impl Fn(usize) -> F) -> Sizes {
            let make = &make;
            BTreeMap::from([
                ("gather", size_of_val(&async { gather!($(make($i)),*).await })),
                ("tokio", size_of_val(&async { tokio::join!($(make($i)),*) })),
                ("tokio biased", size_of_val(&async { tokio::join!(biased; $(make($i)),*) })),
                ("futures", size_of_val(&async { futures::join!($(make($i)),*) })),
                ("join_me_maybe", size_of_val(&async { join_me_maybe::join!($(make($i)),*) })),
                ("fc array", size_of_val(&async { [$(make($i)),*].join().await })),
            ])
        }
    };
}

gather_bench_peers::for_each_size!(size);

fn sizes() {
    println!("\n### Sizes of the futures, bytes\n");
    println!("Of the async block around the call. The goal is the smallest of the peers'.\n");
    let print = |shape: &str, n: usize, sizes: Sizes| {
        let best = sizes.iter().filter(|(name, _)| !["gather", "fc array"].contains(name)).map(|(_, size)| *size).min();
        let met = if best.is_some_and(|best| sizes["gather"] <= best) { "met" } else { "not met" };
        let all: Vec<String> = sizes.into_iter().map(|(name, size)| format!("{name} {size}")).collect();
        println!("* {shape}, N = {n}: {} ({met})", all.join(", "));
    };
    macro_rules! shape {
        ($name:literal, $make:expr) => {
            print($name, 2, two($make));
            print($name, 3, three($make));
            print($name, 4, four($make));
            print($name, 8, eight($make));
            print($name, 16, sixteen($make));
            print($name, 32, thirty_two($make));
            print($name, 64, sixty_four($make));
        };
    }
    let word = member::<0>(0);
    println!("Members of {} bytes:\n", size_of_val(&word));
    shape!("small", member::<0>);
    println!("\nMembers of {} bytes:\n", size_of_val(&member::<100>(0)));
    shape!("middle", member::<100>);
    println!("\nMembers of {} bytes:\n", size_of_val(&member::<1000>(0)));
    shape!("large", member::<1000>);
}

fn poll_counts() {
    println!("\n### Polls per member\n");
    println!("Each is woken once. The goal is 2, from N = 16 and for every list.\n");
    for item in POLLS {
        let sizes: &[usize] = if is_list(item.kind) { &[10, 100, 1_000] } else { &[2, 8, 16, 64] };
        for &n in sizes {
            let figures: Vec<String> = entries(item, n)
                .iter()
                .map(|entry| {
                    polls();
                    entry.run(1);
                    format!("{} {:.2}", entry.peer, per_member(polls(), n))
                })
                .collect();
            println!("* {} N = {n}: {}", item.does, figures.join(", "));
        }
    }
}

fn tasks() {
    println!("\n### Spawned tasks that yield once\n");
    println!("Allocated in all, and at the peak, per task; the goal is no more than the bare form.\n");
    // Counts are those of one thread.
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().build() else {
        println!("no runtime");
        return;
    };
    for n in SIZES {
        for way in &WAYS {
            let info = allocated(|| runtime.block_on((way.run)(n)));
            println!(
                "* {} N = {n}: {:.2} allocations, {:.0} B, {:.0} B at the peak",
                way.name,
                per_member(info.count_total, n),
                per_member(info.bytes_total, n),
                per_member(info.bytes_max, n)
            );
        }
    }
}
