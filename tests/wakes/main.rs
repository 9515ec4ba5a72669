//! Who is polled when: wakers from anywhere, at any time, in any number.
#![forbid(unsafe_code)]

mod counts;
// tokio's budgets and clock: too slow for Miri.
#[cfg(all(feature = "tokio", not(miri)))]
mod fairness;
mod few;
mod handed_on;
mod lifetimes;
#[cfg(all(feature = "tokio", not(miri)))]
mod poll_all;
#[path = "../support/mod.rs"]
mod support;
mod ways;

use std::pin::Pin;

use gather::gather;
use support::Gate;

type Group = Pin<Box<dyn Future<Output = usize> + Send>>;

fn gates<const N: usize>() -> [Gate; N] {
    std::array::from_fn(|_| Gate::new())
}

fn pair() -> (Vec<Gate>, Group) {
    let gates = gates::<2>();
    let [a, b] = gates.each_ref().map(|gate| gate.member(1));
    let group = async {
        let (a, b) = gather!(a, b).await;
        a + b
    };
    (gates.into(), Box::pin(group))
}

fn twenty() -> (Vec<Gate>, Group) {
    let gates = gates::<20>();
    let mut members = gates.each_ref().map(|gate| gate.member(1)).into_iter();
    let mut next = move || members.next().unwrap();
    let group = async move {
        let all = gather! {
            next(), next(), next(), next(), next(), next(), next(), next(), next(), next(),
            next(), next(), next(), next(), next(), next(), next(), next(), next(), next(),
        }
        .await;
        all.0 + all.10 + all.19 + 17
    };
    (gates.into(), Box::pin(group))
}

fn list() -> (Vec<Gate>, Group) {
    let gates = gates::<100>();
    let members = gates.each_ref().map(|gate| gate.member(1));
    let group = async { gather!(*members).await.into_iter().sum() };
    (gates.into(), Box::pin(group))
}

fn lists_beside_members() -> (Vec<Gate>, Group) {
    let gates = gates::<100>();
    let mut members = gates.each_ref().map(|gate| gate.member(1)).into_iter();
    let group = async move {
        let (first, second) = (members.next().unwrap(), members.next().unwrap());
        let some: Vec<_> = members.by_ref().take(50).collect();
        let all = gather!(first, *some, second, *members).await;
        all.0 + all.1.len() + all.2 + all.3.len()
    };
    (gates.into(), Box::pin(group))
}

fn under_a_limit() -> (Vec<Gate>, Group) {
    let gates = gates::<100>();
    let members = gates.each_ref().map(|gate| gate.member(1));
    let group = async { gather!(*members; limit = 100).await.into_iter().sum() };
    (gates.into(), Box::pin(group))
}

fn two_lists() -> (Vec<Gate>, Group) {
    let gates = gates::<100>();
    let mut members = gates.each_ref().map(|gate| gate.member(1)).into_iter();
    let group = async move {
        let first: Vec<_> = members.by_ref().take(30).collect();
        let (first, second) = gather!(*first, *members).await;
        first.len() + second.len()
    };
    (gates.into(), Box::pin(group))
}

fn all_kinds() -> [(Vec<Gate>, Group); 6] {
    [pair(), twenty(), list(), two_lists(), lists_beside_members(), under_a_limit()]
}

/// Those that poll exactly the members that were woken.
fn exact_kinds() -> [(Vec<Gate>, Group); 4] {
    [twenty(), list(), two_lists(), under_a_limit()]
}
