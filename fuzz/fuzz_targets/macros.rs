//! Whatever stands in `gather!` and under `#[gather_group]`, the macros do not panic, and their errors stand on something.
//!
//! An input that begins with `c` is the text of a call, one with `f` the text of a fn. Any other says, byte by byte, how a
//! call or a fn of the documentation is mangled.
#![no_main]

use gather_macros::mangle::{Corpus, call_expands, fn_expands, mangled};
use libfuzzer_sys::fuzz_target;
use proc_macro2::{TokenStream, TokenTree};

thread_local! {
    static CORPUS: Corpus = Corpus::of_documentation();
}

/// Nobody writes more, and what parses recursively has a stack of a certain size.
const DEEPEST: usize = 40;

fuzz_target!(|input: &[u8]| {
    match input {
        [b'c', text @ ..] => text_of(text).iter().for_each(call_expands),
        [b'f', text @ ..] => text_of(text).iter().for_each(|item| fn_expands(&TokenStream::new(), item)),
        _ => mangle(input),
    }
});

fn text_of(bytes: &[u8]) -> Option<TokenStream> {
    let tokens: TokenStream = std::str::from_utf8(bytes).ok()?.parse().ok()?;
    (depth(&tokens) < DEEPEST).then_some(tokens)
}

fn depth(tokens: &TokenStream) -> usize {
    let inside = tokens.clone().into_iter().map(|token| match token {
        TokenTree::Group(group) => 1 + depth(&group.stream()),
        _ => 0,
    });
    inside.max().unwrap_or(0)
}

fn mangle(input: &[u8]) {
    let mut bytes = input.iter();
    let mut choose = |possibilities: usize| usize::from(*bytes.next().unwrap_or(&0)) % possibilities;
    CORPUS.with(|corpus| {
        let times = 1 + choose(6);
        if choose(3) > 0 {
            let mut call = corpus.calls[choose(corpus.calls.len())].clone();
            for _ in 0..times {
                call = mangled(call, &mut choose);
            }
            call_expands(&call);
            return;
        }
        let (mut arguments, mut item) = corpus.fns[choose(corpus.fns.len())].clone();
        for _ in 0..times {
            if choose(4) == 0 {
                arguments = mangled(arguments, &mut choose);
            } else {
                item = mangled(item, &mut choose);
            }
        }
        fn_expands(&arguments, &item);
    });
}
