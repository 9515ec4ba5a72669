//! Invisible brackets cannot be written: here `$( )` stands for them.

use super::super::fragments::{of_call, of_rust};
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

fn with_fragments(tokens: TokenStream) -> TokenStream {
    let mut all = Vec::new();
    for token in tokens {
        let TokenTree::Group(group) = token else {
            all.push(token);
            continue;
        };
        let is_fragment = matches!(all.last(), Some(TokenTree::Punct(mark)) if mark.as_char() == '$');
        let delimiter = if is_fragment { Delimiter::None } else { group.delimiter() };
        if is_fragment {
            all.pop();
        }
        all.push(Group::new(delimiter, with_fragments(group.stream())).into());
    }
    all.into_iter().collect()
}

#[track_caller]
fn becomes(convert: fn(TokenStream) -> TokenStream, source: &str, expected: &str) {
    let tokens = |source: &str| source.parse::<TokenStream>().expect("the test source is made of tokens");
    let actual = convert(with_fragments(tokens(source)));
    assert_eq!(actual.to_string(), with_fragments(tokens(expected)).to_string(), "{source}");
}

#[test]
fn what_is_taken_apart_gets_parentheses() {
    let rust = |source, expected| becomes(of_rust, source, expected);
    rust("$(|n| f(n))(1)", "(|n| f(n))(1)");
    rust("f($(a + b) * 2)", "f((a + b) * 2)");
    rust("f(2 - $(a + b))", "f(2 - (a + b))");
    rust("a == $(b & c)", "a == (b & c)");
    rust("$(b & c) == a", "(b & c) == a");
    rust("$(a as u8) < b", "(a as u8) < b");
    rust("$(-1).abs()", "(-1).abs()");
    rust("{ $(if a { b } else { c }).f() }", "{ (if a { b } else { c }).f() }");
    rust("f($(a..b).g[$(&x)[0]])", "f((a..b).g[(&x)[0]])");
}

#[test]
fn what_holds_together_stays() {
    for same in [
        "$(f(1)).g()",
        "-$(a.b)",
        "f($(a + b), $(|n| n))",
        "$(-1) + 2",
        "Vec::<$(&'static str)>::new()",
        "$(Vec<u8>)::new()",
        "match x { $(Some(1) | None) => 1 }",
        "let x: $(&T) = $(a + b);",
        "|x| -> T { x = $(a + b); $(a..b) }",
        "async $({ 4 })",
        "$(path::to)(1)",
    ] {
        becomes(of_rust, same, same);
    }
}

#[test]
fn what_would_mean_something_at_the_start_of_a_member() {
    let call = |source, expected| becomes(of_call, source, expected);
    call("$(*list), f(1)", "(*list), f(1)");
    call("a => $(|a| f(a)), b => $(x)", "a => (|a| f(a)), b => x");
    call("$(Page { a: f() })", "(Page { a: f() })");
    call("$(limit), $(x), $(spawn); $(spawn)", "(limit), x, (spawn); $(spawn)");
    call("$(a = b)", "(a = b)");
    call("$(Page) { a: $(f(1)) }", "$(Page) { a: $(f(1)) }");
    call("f(1); limit = $(a + b), error = $(&T)", "f(1); limit = $(a + b), error = $(&T)");
}
