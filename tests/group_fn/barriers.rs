//! Every other statement stays where it is, and separates the `let`s around it.

use gather::gather_group;

use crate::clock::Clock;

#[gather_group]
async fn temporaries(clock: &Clock) -> usize {
    let a = &clock.step("a", 1, String::from("a")).await;
    let b = Some(&clock.step("b", 1, String::from("b")).await);
    let c = (1, &mut clock.step("c", 1, String::from("c")).await);
    c.1.push('!');
    let d = clock.step("d", 1, String::from("d")).await;
    let e = clock.step("e", 1, &*a).await;
    a.len() + b.map_or(0, String::len) + c.1.len() + d.len() + e.len() + c.0
}

#[tokio::test(start_paused = true)]
async fn a_let_that_borrows_from_a_temporary_runs_alone() {
    let clock = Clock::new();
    assert_eq!(temporaries(&clock).await, 7);
    assert_eq!(clock.seen(), "a 0-1, b 1-2, c 2-3, d 3-4, e 3-4");
}

#[gather_group]
async fn statements(clock: &Clock, names: &[&str]) -> Vec<u64> {
    let a = clock.step("a", 1, 1).await;
    let mut all = vec![];
    let b = clock.step("b", 1, 2).await;
    for name in names {
        all.push(clock.step(name, 1, a).await);
    }
    let c = clock.step("c", 1, 3).await;
    match c {
        3 => all.push(clock.step("match", 1, b).await),
        _ => all.clear(),
    }
    let d = clock.step("d", 1, 4).await;
    clock.step("statement", 1, ()).await;
    let e = clock.step("e", 1, 5).await;
    println!("{a} {b} {c}");
    let f = clock.step("f", 1, 6).await;
    if f > 6 {
        all.clear();
    }
    let g = clock.step("g", 1, 7).await;
    let h = clock.step("h", 1, 8).await;
    all.extend([c, d, e, f, g, h]);
    all
}

#[tokio::test(start_paused = true)]
async fn loops_matches_macros_and_expressions() {
    let clock = Clock::new();
    assert_eq!(statements(&clock, &["x", "y"]).await, [1, 1, 2, 3, 4, 5, 6, 7, 8]);
    assert_eq!(
        clock.seen(),
        "a 0-1, b 1-2, x 2-3, y 3-4, c 4-5, match 5-6, d 6-7, statement 7-8, e 8-9, f 9-10, g 10-11, h 10-11"
    );
}

/// The statement that the docs recommend between two `let`s that must stay in order.
#[gather_group]
async fn one_after_the_other(clock: &Clock, log: &mut Vec<u8>) -> (usize, usize) {
    let a = push(clock, "a", log).await;
    let log = &mut *log;
    let b = push(clock, "b", log).await;
    (a, b)
}

async fn push(clock: &Clock, name: &str, log: &mut Vec<u8>) -> usize {
    log.push(clock.step(name, 1, 1).await);
    log.len()
}

#[tokio::test(start_paused = true)]
async fn any_statement_separates() {
    let clock = Clock::new();
    assert_eq!(one_after_the_other(&clock, &mut vec![]).await, (1, 2));
    assert_eq!(clock.seen(), "a 0-1, b 1-2");
}

#[gather_group]
async fn items(clock: &Clock) -> u8 {
    use std::num::NonZero as Number;
    const ONE: u8 = 1;
    async fn nested(clock: &Clock, name: &str, value: u8) -> u8 {
        clock.step(name, ONE.into(), value).await
    }
    let a = nested(clock, "a", ONE).await;
    let b = nested(clock, "b", 2).await;
    macro_rules! after {
        () => {
            a + b
        };
    }
    let c = nested(clock, "c", after!()).await;
    let d = nested(clock, "d", Number::new(1_u8).map_or(0, Number::get)).await;
    c + d
}

#[tokio::test(start_paused = true)]
async fn items_of_the_body() {
    let clock = Clock::new();
    assert_eq!(items(&clock).await, 4);
    assert_eq!(clock.seen(), "a 0-1, b 0-1, c 1-2, d 1-2");
}

#[gather_group]
async fn attributes(clock: &Clock) -> (u64, u64) {
    #[cfg(test)]
    let a = clock.step("a", 1, 1).await;
    #[cfg(not(test))]
    let a = clock.step("not a", 1, "of another type").await;
    #[cfg(not(test))]
    let missing = nobody.has(this).await;
    #[expect(unused_variables, unused_mut)]
    let mut unused = clock.step("unused", 2, 2).await;
    #[allow(clippy::unnecessary_cast, reason = "what the attribute is about")]
    let b = clock.step("b", 1, 2_u64).await as u64;
    #[cfg(not(test))]
    let b = missing;
    #[cfg(all(test, not(test)))]
    compile_error!("never");
    #[rustfmt::skip]
    let c = clock . step("c", 1, 1) . await;
    let d = clock.step("d", 1, a).await;
    (a + b, c + d)
}

#[tokio::test(start_paused = true)]
async fn attributes_of_statements() {
    let clock = Clock::new();
    assert_eq!(attributes(&clock).await, (3, 2));
    assert_eq!(clock.seen(), "a 0-1, b 0-1, unused 0-2, c 2-3, d 2-3");
}

unsafe fn dangerous<'a>(clock: &'a Clock, name: &'a str) -> impl Future<Output = u8> + 'a {
    clock.step(name, 1, 1)
}

#[gather_group]
async fn unsafe_blocks(clock: &Clock) -> u8 {
    // SAFETY: there is no danger.
    let a = unsafe { dangerous(clock, "a") }.await;
    // SAFETY: there is no danger.
    let b = unsafe { dangerous(clock, "b").await };
    a + b
}

/// # Safety
///
/// There is no danger.
#[gather_group]
#[allow(unsafe_op_in_unsafe_fn)]
async unsafe fn unsafe_fn(clock: &Clock) -> u8 {
    let a = dangerous(clock, "a").await;
    let b = dangerous(clock, "b").await;
    a + b
}

#[tokio::test(start_paused = true)]
async fn unsafe_code() {
    let clock = Clock::new();
    assert_eq!(unsafe_blocks(&clock).await, 2);
    // SAFETY: there is no danger.
    assert_eq!(unsafe { unsafe_fn(&clock) }.await, 2);
    assert_eq!(clock.seen(), "a 0-1, b 0-1, a 1-2, b 1-2");
}

/// An async block cannot give a variable its first value.
#[gather_group]
async fn first_values(clock: &Clock) -> (u8, u8, u8) {
    let first;
    let a = {
        first = 1;
        clock.step("a", 1, first).await
    };
    let b = clock.step("b", 1, 1).await;
    let c = clock.step("c", 1, 1).await;
    (a + first, b, c)
}

#[tokio::test(start_paused = true)]
async fn a_let_that_initialises_a_variable_runs_alone() {
    let clock = Clock::new();
    assert_eq!(first_values(&clock).await, (2, 1, 1));
    assert_eq!(clock.seen(), "a 0-1, b 1-2, c 1-2");
}
