//! What the feature `tracing` costs where nobody observes: the instructions, or the time, of each form of a group in this very build,
//! with the feature or without it. `benches/observed/compare` makes both and puts them beside each other.
#![forbid(unsafe_code)]

mod timed;

use std::env;
use std::hint::black_box;
use std::process::ExitCode;

use gather::gather;
use gather_bench_callgrind::{dumped, total_outside_of_libc};
use tokio::runtime::{Builder, Runtime};
use tokio::task::yield_now;

/// That of the C library takes 2 000 instructions more or less for one and the same group, depending on what it did before.
#[cfg(feature = "timed")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The items of each list.
const ITEMS: usize = 1_000;
/// How often each group runs.
const ITERATIONS: u32 = 20;

/// A form of a group.
struct Form {
    name: &'static str,
    members: usize,
    run: fn(&Runtime),
}

async fn yields(n: usize) -> usize {
    yield_now().await;
    n
}

/// Larger than a register, and its output, too.
async fn large(n: usize) -> [usize; 8] {
    let values = black_box([n; 32]);
    yield_now().await;
    std::array::from_fn(|i| values[i])
}

async fn fallible(n: usize) -> Result<usize, String> {
    yield_now().await;
    Ok(n)
}

/// Runs the group on the runtime, the result dropped.
macro_rules! form {
    ($name:literal, $members:expr, $group:expr) => {
        Form {
            name: $name,
            members: $members,
            run: |runtime| {
                runtime.block_on(async {
                    let _ = black_box($group.await);
                });
            },
        }
    };
}

/// Eight members of the function, and the options.
macro_rules! eight {
    ($f:ident $(; $($options:tt)*)?) => {
        gather!($f(0), $f(1), $f(2), $f(3), $f(4), $f(5), $f(6), $f(7) $(; $($options)*)?)
    };
    ($f:ident ? $(; $($options:tt)*)?) => {
        gather!($f(0)?, $f(1)?, $f(2)?, $f(3)?, $f(4)?, $f(5)?, $f(6)?, $f(7)? $(; $($options)*)?)
    };
}

const FORMS: &[Form] = &[
    form!("members", 8, eight!(yields)),
    form!("members with `?`", 8, eight!(fallible?)),
    form!("members, `return_exceptions`", 8, eight!(fallible; return_exceptions)),
    form!("members under a limit", 8, eight!(yields; limit = 3)),
    form!(
        "dependants",
        4,
        gather! {
            a => yields(1),
            b => |a| yields(*a + 1),
            c => |b| yields(*b + 1),
            _ => |a, c| yields(*a + *c),
        }
    ),
    form!("a list", ITEMS, gather!(*(0..ITEMS).map(yields))),
    form!("a list with `?`", ITEMS, gather!(*(0..ITEMS).map(fallible)?)),
    form!("a keyed list", ITEMS, gather!(*(0..ITEMS).map(|n| (n, yields(n))))),
    form!("a list under a limit", ITEMS, gather!(*(0..ITEMS).map(yields); limit = 64)),
    form!("a list as it completes", ITEMS, async {
        let mut results = gather!(*(0..ITEMS).map(yields); limit = 64, as_completed);
        while let Some(result) = results.next().await {
            black_box(result);
        }
    }),
    form!("a list in order", ITEMS, async {
        let mut results = gather!(*(0..ITEMS).map(yields); limit = 64, in_order);
        while let Some(result) = results.next().await {
            black_box(result);
        }
    }),
    form!("spawned members", 8, eight!(yields; spawn)),
    form!("spawned large members", 8, eight!(large; spawn)),
    form!("spawned members with `?`", 8, eight!(fallible?; spawn)),
    form!("spawned members under a limit", 8, eight!(yields; spawn, limit = 3)),
    form!(
        "spawned dependants",
        4,
        gather! {
            a => yields(1),
            b => |a| yields(*a + 1),
            c => |b| yields(*b + 1),
            _ => |a, c| yields(*a + *c);
            spawn
        }
    ),
    form!(
        "adopted tasks",
        4,
        gather!(
            tokio::spawn(yields(0)), tokio::spawn(yields(1)), tokio::spawn(yields(2)), tokio::spawn(yields(3)); spawn
        )
    ),
    form!("a spawned list", ITEMS, gather!(*(0..ITEMS).map(yields); spawn)),
    form!("a spawned list of large items", ITEMS, gather!(*(0..ITEMS).map(large); spawn)),
    form!("a spawned list with `?`", ITEMS, gather!(*(0..ITEMS).map(fallible)?; spawn)),
    form!("a spawned keyed list", ITEMS, gather!(*(0..ITEMS).map(|n| (n, yields(n))); spawn)),
    form!("a spawned list under a limit", ITEMS, gather!(*(0..ITEMS).map(yields); spawn, limit = 64)),
];

/// What this program is called with under valgrind.
const COUNTED: &str = "counted";
/// Prints a line for each form: its name, its members, and its instructions, with tabs between. All arguments are the forms that are
/// asked for. With `versus` in front it compares two programs, see [`timed`].
fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let done = match arguments.split_first() {
        Some((first, rest)) if first == COUNTED => run(rest),
        Some((first, _)) if first == timed::ANSWERS => timed::answer(),
        Some((first, rest)) if first == timed::VERSUS => timed::versus(rest),
        _ => count(&arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn selected(arguments: &[String]) -> Vec<&'static Form> {
    FORMS.iter().filter(|form| arguments.is_empty() || arguments.iter().any(|name| form.name == name)).collect()
}

fn count(arguments: &[String]) -> Result<(), String> {
    for form in selected(arguments) {
        // In a process of its own: what it allocates is then where it was the last time.
        let counted = [COUNTED.to_owned(), form.name.to_owned()];
        let total = total_outside_of_libc(&counted).map_err(|e| e.to_string())?;
        println!("{}\t{}\t{:.0}", form.name, form.members, total / f64::from(ITERATIONS));
    }
    Ok(())
}

fn run(arguments: &[String]) -> Result<(), String> {
    let runtime = runtime()?;
    for form in selected(arguments) {
        dumped(&|iterations| (0..iterations).for_each(|_| (form.run)(&runtime)), ITERATIONS as usize);
    }
    Ok(())
}

fn runtime() -> Result<Runtime, String> {
    Builder::new_current_thread().enable_time().build().map_err(|e| e.to_string())
}
