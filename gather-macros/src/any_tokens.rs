//! The macros never panic, whatever stands in them.

use std::cell::RefCell;

use proc_macro2::{Group, TokenStream, TokenTree};
use proptest::prelude::*;
use proptest::test_runner::Config;

use crate::mangle::{Corpus, call_expands, fn_expands, mangled};

thread_local! {
    static CORPUS: Corpus = Corpus::of_documentation();
}

/// One choice after the other out of `numbers`, and always the first possibility after them.
fn chooser(numbers: Vec<u16>) -> impl FnMut(usize) -> usize {
    let numbers = RefCell::new(numbers.into_iter());
    move |possibilities| {
        let number = numbers.borrow_mut().next().unwrap_or(0);
        usize::from(number) % possibilities
    }
}

fn choices() -> impl Strategy<Value = Vec<u16>> {
    prop::collection::vec(any::<u16>(), 8..60)
}

/// A few seconds; `PROPTEST_CASES=20000` looks longer.
fn config() -> Config {
    let config = Config { failure_persistence: None, ..Config::default() };
    let asked = std::env::var_os("PROPTEST_CASES").is_some();
    if asked { config } else { Config { cases: 250, ..config } }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn mangled_calls(numbers in choices(), times in 1..5) {
        let mut choose = chooser(numbers);
        let mut call = CORPUS.with(|corpus| corpus.calls[choose(corpus.calls.len())].clone());
        for _ in 0..times {
            call = mangled(call, &mut choose);
        }
        call_expands(&call);
    }

    #[test]
    fn mangled_fns(numbers in choices(), times in 1..4) {
        let mut choose = chooser(numbers);
        let (mut arguments, mut item) = CORPUS.with(|corpus| corpus.fns[choose(corpus.fns.len())].clone());
        for _ in 0..times {
            if choose(4) == 0 {
                arguments = mangled(arguments, &mut choose);
            } else {
                item = mangled(item, &mut choose);
            }
        }
        fn_expands(&arguments, &item);
    }
}

/// The stream with everything behind its `n`th token taken away, brackets and what they hold counted one by one.
fn cut(tokens: TokenStream, left: &mut usize) -> TokenStream {
    let mut kept = TokenStream::new();
    for token in tokens {
        if *left == 0 {
            break;
        }
        *left -= 1;
        kept.extend([match token {
            TokenTree::Group(group) => Group::new(group.delimiter(), cut(group.stream(), left)).into(),
            token => token,
        }]);
    }
    kept
}

fn length(tokens: TokenStream) -> usize {
    tokens
        .into_iter()
        .map(|token| if let TokenTree::Group(group) = token { 1 + length(group.stream()) } else { 1 })
        .sum()
}

#[test]
fn cut_at_every_token() {
    let corpus = Corpus::of_documentation();
    assert!(corpus.calls.len() > 40 && corpus.fns.len() > 4, "{} {}", corpus.calls.len(), corpus.fns.len());
    for call in corpus.calls.iter().filter(|call| length((*call).clone()) < 32) {
        for n in 0..=length(call.clone()) {
            call_expands(&cut(call.clone(), &mut { n }));
        }
    }
    for (arguments, item) in &corpus.fns {
        for n in 0..=length(item.clone()) {
            fn_expands(arguments, &cut(item.clone(), &mut { n }));
        }
    }
}

/// What was found, and is no more.
#[test]
fn found() {
    for call in FOUND_IN_CALLS {
        call_expands(&call.parse().expect("a call is made of tokens"));
    }
    for item in FOUND_IN_FNS {
        fn_expands(&TokenStream::new(), &item.parse().expect("an item is made of tokens"));
    }
}

const FOUND_IN_CALLS: &[&str] = &[
    // The name of a lifetime was taken for that of a member, and a tick alone was left.
    "a => f(), 'b => g()",
    "a => break 'b => g()",
    "#.",
    // What could be the start of an attribute was gone, and the error stood nowhere.
    "f()?; #",
    "a => f(), #[cfg(x)] #",
    // A member without a name was expanded although it is no expression.
    "a[b =>] c, d => f()",
    // The same of other values and of types.
    "f(); limit = n[(),]",
    "f()?; error = [u8; n[a b]]",
    "a => f(), b => |a: [u8; n[a b]]| g(a)",
    "Page { a: f(), ..base[a b] }",
    "Page::<[u8; n[a b]]> { a: f() }",
    "pages::Page<u8>::Full { a: f() }",
    "crate { a: f() }",
];

const FOUND_IN_FNS: &[&str] = &[
    // The error stood nowhere.
    ".",
    "= a async fn f() { let a = f().await; }",
];
