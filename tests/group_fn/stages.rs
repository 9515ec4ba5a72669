//! Which `let`s run together, and in which order the others wait.

use gather::gather_group;

use crate::clock::Clock;

struct Api {
    clock: Clock,
}

#[derive(Debug, PartialEq)]
struct Dashboard {
    user: String,
    orders: Vec<u64>,
    advice: String,
}

#[derive(Debug, PartialEq)]
struct AppError;

impl From<std::num::ParseIntError> for AppError {
    fn from(_: std::num::ParseIntError) -> Self {
        Self
    }
}

impl Api {
    async fn user(&self, id: u64) -> Result<String, AppError> {
        self.clock.step("user", 3, Ok(format!("user {id}"))).await
    }
    async fn orders(&self, id: u64) -> Result<Vec<u64>, std::num::ParseIntError> {
        self.clock.step("orders", 2, Ok(vec![id, id + 1])).await
    }
    async fn advise(&self, user: &str, orders: &[u64]) -> Result<String, AppError> {
        self.clock.step("advice", 4, Ok(format!("{user} wants {}", orders.len()))).await
    }
}

#[gather_group]
async fn dashboard(api: &Api, id: u64) -> Result<Dashboard, AppError> {
    let user = api.user(id).await?;
    let orders = api.orders(id).await?;
    let advice = api.advise(&user, &orders).await?;
    Ok(Dashboard { user, orders, advice })
}

#[tokio::test(start_paused = true)]
async fn two_run_together_and_the_third_waits_for_both() {
    let api = Api { clock: Clock::new() };
    let page = dashboard(&api, 7).await.unwrap();
    assert_eq!(page.advice, "user 7 wants 2");
    assert_eq!((page.user.as_str(), page.orders.as_slice()), ("user 7", &[7, 8][..]));
    assert_eq!(api.clock.seen(), "orders 0-2, user 0-3, advice 3-7");
}

/// The order of starts is the order of writing.
#[gather_group]
async fn nine(clock: &Clock) -> [u8; 9] {
    let a = clock.step("a", 9, 1).await;
    let b = clock.step("b", 8, 2).await;
    let c = clock.step("c", 7, 3).await;
    let d = clock.step("d", 6, 4).await;
    let e = clock.step("e", 5, 5).await;
    let f = clock.step("f", 4, 6).await;
    let g = clock.step("g", 3, 7).await;
    let h = clock.step("h", 2, 8).await;
    let i = clock.step("i", 1, 9).await;
    [a, b, c, d, e, f, g, h, i]
}

#[tokio::test(start_paused = true)]
async fn a_stage_has_any_number_of_members() {
    let clock = Clock::new();
    assert_eq!(nine(&clock).await, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    assert_eq!(clock.seen(), "a 0-9, b 0-8, c 0-7, d 0-6, e 0-5, f 0-4, g 0-3, h 0-2, i 0-1");
    assert_eq!(clock.now(), 9);
}

#[gather_group]
async fn chain(clock: &Clock) -> u64 {
    let a = clock.step("a", 1, 1).await;
    let b = clock.step("b", 1, a + 1).await;
    let c = clock.step("c", 5, 10).await;
    let d = clock.step("d", 1, b + c).await;
    d + a
}

#[tokio::test(start_paused = true)]
async fn what_stands_behind_a_dependant_starts_with_it() {
    let clock = Clock::new();
    assert_eq!(chain(&clock).await, 13);
    assert_eq!(clock.seen(), "a 0-1, b 1-2, c 1-6, d 6-7");
}

macro_rules! twice {
    ($value:expr) => {
        $value * 2
    };
}

#[gather_group]
async fn named_in_macros(clock: &Clock) -> String {
    let user = clock.step("user", 1, 1).await;
    let shouted = clock.step("shouted", 1, format!("<{user:>3}>")).await;
    let doubled = clock.step("doubled", 1, twice!(user)).await;
    let width = 5;
    let padded = clock.step(&format!("padded{{user}}{width}"), 1, 0).await;
    let last = clock.step("last", 1, format!("{shouted} {doubled:width$} {padded}")).await;
    println!("{user} {last}");
    last
}

#[tokio::test(start_paused = true)]
async fn names_in_macro_calls_and_format_strings_are_uses() {
    let clock = Clock::new();
    assert_eq!(named_in_macros(&clock).await, "<  1>     2 0");
    assert_eq!(clock.seen(), "user 0-1, doubled 1-2, shouted 1-2, padded{user}5 2-3, last 3-4");
}

#[gather_group]
async fn shadowed(clock: &Clock, id: u64) -> (u64, u64, u64) {
    let id = clock.step("first", 1, id + 1).await;
    let inner = {
        let id = 40;
        clock.step("inner", 1, id + 2).await
    };
    let id = clock.step("second", 1, id + 1).await;
    let mapped = clock.step("mapped", 1, [5].map(|id: u64| id * 2)[0]).await;
    (id, inner, mapped)
}

#[tokio::test(start_paused = true)]
async fn shadowing_ends_a_use() {
    let clock = Clock::new();
    assert_eq!(shadowed(&clock, 1).await, (3, 42, 10));
    assert_eq!(clock.seen(), "first 0-1, inner 0-1, mapped 1-2, second 1-2");
}

#[gather_group]
async fn captured(clock: &Clock, names: Vec<String>, mut seen: Vec<u8>, limit: &mut u64) -> (usize, u64, Vec<u8>) {
    let step = |name: &'static str, ticks| clock.step(name, ticks, ticks);
    let a = step("a", 2).await;
    let b = step("b", 1).await;
    let moved = clock.step("moved", 3, names).await;
    let pushed = {
        seen.push(1);
        clock.step("pushed", 2, ()).await;
        seen.push(2);
        seen.len()
    };
    let counted = {
        *limit += 1;
        clock.step("counted", 1, *limit).await
    };
    seen.push(3);
    *limit += a + b;
    (moved.len() + pushed, counted, seen)
}

#[tokio::test(start_paused = true)]
async fn members_borrow_and_move_what_they_need() {
    let (clock, mut limit) = (Clock::new(), 10);
    assert_eq!(captured(&clock, vec![String::new()], vec![], &mut limit).await, (3, 11, vec![1, 2, 3]));
    assert_eq!(limit, 14);
    assert_eq!(clock.seen(), "a 0-2, b 0-1, counted 0-1, moved 0-3, pushed 0-2");
}

#[allow(clippy::needless_continue, reason = "it is what is tested")]
#[gather_group]
async fn own_control_flow(clock: &Clock) -> (u64, u64, Option<u64>) {
    let found = loop {
        match clock.step("try", 1, clock.now()).await {
            0 => continue,
            1 => {}
            _ => break 2,
        }
    };
    let early = async {
        if clock.step("early", 2, true).await {
            return 1;
        }
        2
    }
    .await;
    let labelled = 'found: {
        for i in 0_u64.. {
            if clock.step("labelled", 1, i).await == 1 {
                break 'found Some(i);
            }
        }
        None
    };
    (found, early, labelled)
}

#[tokio::test(start_paused = true)]
async fn loops_and_blocks_of_an_initialiser_are_left_as_usual() {
    let clock = Clock::new();
    assert_eq!(own_control_flow(&clock).await, (2, 1, Some(1)));
    assert_eq!(clock.seen(), "early 0-2, labelled 0-1, try 0-1, labelled 1-2, try 1-2, try 2-3");
}
