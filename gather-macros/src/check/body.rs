//! `?`, `.await` and `return` at the own level of a plain dependant's body, found in its tokens: nested closures, async
//! blocks, fns and macro calls keep theirs.

use crate::ast::{Errors, Needs};
use crate::options::listed;
use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};

/// Reports the first thing that would leave the body.
pub(super) fn leaves(body: &TokenStream, needs: &Needs, errors: &mut Errors) -> bool {
    let mut found = None;
    level(body.clone(), &mut found);
    let Some((what, span)) = found else {
        return false;
    };
    let params: Vec<_> = needs.params.iter().map(|param| param.name.to_string()).collect();
    let params = params.join(", ");
    let what = listed([what]);
    errors.at(
        span,
        format!(
            "{what} cannot stand in the body of a plain `|{params}|`, which runs later than the code around it: write `async |{params}| {{ .. }}`"
        ),
    );
    true
}

fn level(tokens: TokenStream, found: &mut Option<(&'static str, Span)>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() && found.is_none() {
        let before = at.checked_sub(1).map(|i| &tokens[i]);
        let rest = &tokens[at..];
        at += match &rest[0] {
            TokenTree::Ident(word) if word == "async" => async_block(rest),
            TokenTree::Ident(word) if word == "fn" => nested_fn(rest),
            TokenTree::Ident(word) if word == "return" => {
                *found = Some(("return", word.span()));
                1
            }
            TokenTree::Ident(word) if word == "await" && before.is_some_and(|t| is(t, '.')) => {
                *found = Some((".await", word.span()));
                1
            }
            TokenTree::Ident(word) if !is_keyword(&word.to_string()) => macro_call(rest),
            TokenTree::Punct(mark) if mark.as_char() == '?' => {
                // Not the `?` of `?Sized`.
                if before.is_some_and(|t| ends_operand(t) || is(t, '?')) {
                    *found = Some(("?", mark.span()));
                }
                1
            }
            TokenTree::Punct(mark)
                if mark.as_char() == '|' && !before.is_some_and(|t| ends_operand(t) || is(t, '?')) =>
            {
                closure(rest)
            }
            TokenTree::Group(group) => {
                level(group.stream(), found);
                1
            }
            _ => 1,
        };
    }
}

/// The number of tokens of `async move { .. }`; else of the word alone.
fn async_block(tokens: &[TokenTree]) -> usize {
    let moved = matches!(tokens.get(1), Some(TokenTree::Ident(word)) if word == "move");
    let block = 1 + usize::from(moved);
    match tokens.get(block) {
        Some(token) if is_braces(token) => block + 1,
        _ => 1,
    }
}

/// The number of tokens of `fn name(..) -> T { .. }`; else, in the type of a fn pointer, of the word alone.
fn nested_fn(tokens: &[TokenTree]) -> usize {
    if !matches!(tokens.get(1), Some(TokenTree::Ident(_))) {
        return 1;
    }
    let body = tokens.iter().position(is_braces);
    body.map_or(1, |body| body + 1)
}

/// The number of tokens of `name!(..)`; else of the word alone.
fn macro_call(tokens: &[TokenTree]) -> usize {
    match tokens.get(1..3) {
        Some([mark, TokenTree::Group(_)]) if is(mark, '!') => 3,
        _ => 1,
    }
}

/// The number of tokens of a closure, from its first bar to where its body surely has ended.
fn closure(tokens: &[TokenTree]) -> usize {
    let params = tokens[1..].iter().position(|token| is(token, '|'));
    let body = params.map_or(1, |params| params + 2);
    if tokens.get(body).is_some_and(is_braces) {
        return body + 1;
    }
    let typed = tokens.get(body).is_some_and(|token| is(token, '-'));
    let length =
        tokens[body..].iter().position(|token| is(token, ',') || is(token, ';') || (typed && is_braces(token)));
    let Some(length) = length else {
        return tokens.len();
    };
    let ends_in_block = is_braces(&tokens[body + length]);
    body + length + usize::from(ends_in_block)
}

fn is(token: &TokenTree, char: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == char)
}

fn is_braces(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
}

/// Can an operator follow? Where none can, a bar opens a closure.
fn ends_operand(token: &TokenTree) -> bool {
    match token {
        TokenTree::Group(_) | TokenTree::Literal(_) => true,
        TokenTree::Ident(word) => !is_keyword(&word.to_string()),
        TokenTree::Punct(_) => false,
    }
}

fn is_keyword(word: &str) -> bool {
    matches!(
        word,
        "as" | "async" | "break" | "else" | "if" | "in" | "match" | "move" | "return" | "static" | "while" | "yield"
    )
}
