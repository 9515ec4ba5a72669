//! Where an editor finds the cursor in what a half-typed call becomes.
//!
//! rust-analyzer expands a call as it is, and once more with a word put in at the cursor. It looks for that word in the second
//! expansion, and takes what stands at the same place of the first for what is being completed. So up to the cursor both have
//! to be the same, token by token; what the user typed has to keep its places, for everything else that an editor shows.

use std::fs;
use std::path::Path;

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use quote::quote;

use crate::expand;
use crate::group_fn::group_fn;
use crate::options;
use crate::reader::Reader;

const CURSOR: char = '¦';
/// What rust-analyzer puts in.
const WORD: &str = "intellijRulezz";

struct Token {
    text: String,
    span: Span,
}

/// Brackets are tokens here.
fn flat(tokens: TokenStream) -> Vec<Token> {
    let mut all = Vec::new();
    for token in tokens {
        let TokenTree::Group(group) = token else {
            all.push(Token { text: token.to_string(), span: token.span() });
            continue;
        };
        let (open, close) = match group.delimiter() {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Brace => ("{", "}"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::None => ("", ""),
        };
        all.push(Token { text: open.to_owned(), span: group.span_open() });
        all.extend(flat(group.stream()));
        all.push(Token { text: close.to_owned(), span: group.span_close() });
    }
    all
}

fn parsed(source: &str) -> TokenStream {
    source.parse().unwrap_or_else(|error| panic!("{error}: {source}"))
}

type Expand = fn(&str) -> TokenStream;

fn call(source: &str) -> TokenStream {
    expand::call(parsed(source), &quote!(::gather), Reader::Editor)
}

/// The source is the attribute's arguments in `#[..]` and its fn.
fn attribute(source: &str) -> TokenStream {
    let mut tokens = parsed(source).into_iter();
    let (Some(TokenTree::Punct(_)), Some(TokenTree::Group(arguments))) = (tokens.next(), tokens.next()) else {
        panic!("`#[..]` comes first: {source}")
    };
    group_fn(arguments.stream(), &tokens.collect(), Reader::Editor)
}

/// The number of tokens before the cursor in the expansion of `typed`, which are the same wherever the cursor's word is put in,
/// and the expansion.
#[track_caller]
fn cursor(typed: &str, expand: Expand) -> (usize, Vec<Token>) {
    let as_it_is = flat(expand(&typed.replace(CURSOR, "")));
    let with_word = flat(expand(&typed.replace(CURSOR, WORD)));
    let place = with_word.iter().position(|token| token.text.contains(WORD));
    let place = place.unwrap_or_else(|| panic!("{typed}: the word at the cursor is not expanded"));
    // The dot itself may be gone: what is completed belongs to what stands before it.
    let dot = place.checked_sub(1).filter(|&last| with_word[last].text == "." && as_it_is[last].text != ".");
    let place = dot.unwrap_or(place);
    for (i, (now, then)) in as_it_is.iter().zip(&with_word[..place]).enumerate() {
        assert_eq!(now.text, then.text, "{typed}: token {i} of {place}");
    }
    let begun = with_word[place].text.replace(WORD, "");
    assert!(dot.is_some() || begun.is_empty() || as_it_is[place].text == begun, "{typed}: the word that is begun");
    (place, as_it_is)
}

/// Every word and literal before the cursor is in the expansion, with the place where it was typed.
#[track_caller]
fn keeps_places(typed: &str, expansion: &[Token]) {
    let before = typed.split(CURSOR).next().unwrap_or_default();
    let end = before.chars().count();
    for token in flat(parsed(&typed.replace(CURSOR, ""))) {
        let is_word = token.text.starts_with(|first: char| first.is_alphanumeric());
        // Words of the grammar.
        let is_value = !matches!(token.text.as_str(), "async" | "move" | "crate");
        if is_word && is_value && token.span.end().column <= end {
            // All of it stands in one line.
            let columns = |token: &Token| (token.span.start().column, token.span.end().column);
            let is_it = |other: &Token| other.text == token.text && columns(other) == columns(&token);
            assert!(expansion.iter().any(is_it), "{typed}: `{}` at {:?}", token.text, columns(&token));
        }
    }
}

/// Compares with the snapshot: under each half-typed source, the end of what stands before the cursor in its expansion.
/// `.ci/bless macros` writes it anew.
#[track_caller]
fn compare(name: &str, expand: Expand) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/expansions").join(name);
    let expected = fs::read_to_string(&path).expect("the snapshot is there");
    let mut actual = String::new();
    for typed in expected.lines().filter(|line| line.contains(CURSOR) && !line.starts_with(' ')) {
        let (place, expansion) = cursor(typed, expand);
        keeps_places(typed, &expansion);
        let last: Vec<&str> = expansion[place.saturating_sub(9)..place].iter().map(|t| t.text.as_str()).collect();
        actual.extend([typed, "\n    .. ", &last.join(" "), " ", &CURSOR.to_string(), "\n"]);
    }
    if std::env::var_os("BLESS").is_some() {
        fs::write(path, actual).expect("the snapshot can be written");
    } else {
        assert_eq!(actual, expected, "{name}");
    }
}

#[test]
fn calls() {
    compare("half_typed_calls.txt", call);
}

#[test]
fn fns() {
    compare("half_typed_fns.txt", attribute);
}

/// Wherever the cursor is in a call that is right, what is before it is found.
#[test]
fn cut_after_every_word() {
    let mut tried = 0;
    for whole in [
        "user => client.user(1)?, orders => *ids.iter().map(|id| orders(id.own)), advice => |user| a.advise(user.name)",
        "f(a.b), *g.h, x.y(z.w)?",
        "Page { user: f(x.y), orders: *g(z).w?, advice }",
        "a => f(1)?; error = Error, limit = s.places, spawn = h.handle",
        "< user => client.user(1)?, orders => <Vec<u8> as A>::make(z.w), advice => |user| a.advise(user.name); limit = s.places >",
        "a => f(1); return_exceptions, timeout = s.patience, until = s.end()",
        "*ids.iter().map(|id| orders(id.own))?; as_completed, limit = s.places",
    ] {
        let ends = whole.char_indices().filter(|&(i, c)| {
            let word = |c: char| c.is_alphanumeric() || c == '_';
            word(c) && !whole[i + c.len_utf8()..].starts_with(word)
        });
        for (i, c) in ends {
            let end = i + c.len_utf8();
            // Brackets that were opened are closed, as editors do.
            let mut open = Vec::new();
            for c in whole[..end].chars() {
                match c {
                    '(' => open.push(')'),
                    '{' => open.push('}'),
                    ')' | '}' => drop(open.pop()),
                    _ => {}
                }
            }
            let close: String = open.into_iter().rev().collect();
            let (before, after) = whole.split_at(end);
            // A name is new wherever it is typed: nothing completes it.
            let is_name = after.starts_with(" =>") || after.starts_with(['|', ':']);
            let is_number = before.ends_with(|last: char| last.is_ascii_digit());
            let word = before.rsplit(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
            let dotted = (!is_number && options::find(options::Macro::Gather, word).is_none())
                .then(|| format!("{before}.{CURSOR}{close}"));
            for typed in dotted.into_iter().chain([format!("{before}{CURSOR}{after}")]).filter(|_| !is_name) {
                let (_, expansion) = cursor(&typed, call);
                keeps_places(&typed, &expansion);
                tried += 1;
            }
        }
    }
    assert!(tried > 80, "{tried}");
}
