//! A value: its extent, kept token by token as the user wrote it, its expression, and what to make of one that is none.

use super::habits;
use super::tokens::{Grammar, Sign, at_separator, is_tick, sign, skip, take, take_to};
use crate::ast::{State, Value};
use crate::errors::Errors;
use proc_macro2::{Delimiter, Group, Span, TokenTree};
use syn::Expr;
use syn::parse::{ParseStream, Parser};

/// The value of a member, without its `?`.
pub(super) struct MemberValue {
    pub(super) value: Value,
    pub(super) question: Option<Span>,
    pub(super) state: State,
}

impl MemberValue {
    pub(super) fn missing() -> Self {
        MemberValue { value: Value::default(), question: None, state: State::Hidden }
    }
}

/// Reads the value of a member with its `?`. At least one token is there.
pub(super) fn value(input: ParseStream<'_>, grammar: Grammar, errors: &mut Errors) -> MemberValue {
    let Read { mut tokens, mut expr, mut state } = expression(input, grammar, errors);
    let question = match tokens.last() {
        Some(TokenTree::Punct(punct)) if punct.as_char() == '?' => Some(punct.span()),
        _ => None,
    };
    if question.is_some() {
        tokens.pop();
        expr = match expr {
            Some(Expr::Try(tried)) => Some(*tried.expr),
            // The `?` belongs to a part of it, as in `&f()?`.
            Some(_) => whole(&tokens).map_err(|error| errors.push(error)).ok(),
            None => None,
        };
        if expr.is_none() {
            state = State::Hidden;
        }
    }
    MemberValue { value: Value { tokens: tokens.into_iter().collect(), expr }, question, state }
}

/// Tokens, and the expression that they are: there is one unless they are [`State::Hidden`].
pub(super) struct Read {
    pub(super) tokens: Vec<TokenTree>,
    pub(super) expr: Option<Expr>,
    pub(super) state: State,
}

/// Reads one expression, or reports that none is there and reads up to where the next thing seems to start.
pub(super) fn expression(input: ParseStream<'_>, grammar: Grammar, errors: &mut Errors) -> Read {
    if let Some(instead) = habits::before_value(input, errors) {
        return instead_of(instead, input, grammar, errors);
    }
    let ahead = input.fork();
    let raw = match ahead.parse::<Expr>() {
        Ok(_) => {
            let end = ahead.cursor();
            match swallowed_name(&input.fork(), &ahead, grammar) {
                None => take_to(input, end),
                Some(length) => take(input, length),
            }
        }
        Err(_) => skip(input, grammar),
    };
    match whole(&raw) {
        Ok(expr) => Read { tokens: raw, expr: Some(expr), state: State::Good },
        Err(error) => broken(raw, error, errors),
    }
}

/// Reads the rest of a value that begins with other words than were written.
fn instead_of(mut tokens: Vec<TokenTree>, input: ParseStream<'_>, grammar: Grammar, errors: &mut Errors) -> Read {
    if at_separator(input) {
        return Read { tokens, expr: None, state: State::Hidden };
    }
    if tokens.is_empty() {
        return expression(input, grammar, errors);
    }
    tokens.extend(take(input, 1));
    let expr = whole(&tokens).ok();
    Read { state: if expr.is_some() { State::Good } else { State::Hidden }, tokens, expr }
}

/// In `a => client. <newline> b => f()` the expression `client.b` ends with the name of the next member. Yields the number
/// of tokens before that name.
fn swallowed_name(start: ParseStream<'_>, end: ParseStream<'_>, grammar: Grammar) -> Option<usize> {
    let sign = sign(end)?;
    if sign == Sign::Equals {
        return None;
    }
    let tokens = take_to(start, end.cursor());
    match tokens.as_slice() {
        // `a: client. <newline> b: f()`
        [.., TokenTree::Punct(dot), TokenTree::Ident(_)] if sign == Sign::Colon && grammar == Grammar::Members => {
            (dot.as_char() == '.').then(|| tokens.len() - 1)
        }
        [_, .., before, TokenTree::Ident(_)] if is_tick(before) => None,
        [_, .., TokenTree::Ident(_)] if sign != Sign::Colon || grammar != Grammar::Members => Some(tokens.len() - 1),
        _ => None,
    }
}

/// Reports why `raw` is no expression, and repairs what an editor leaves while a member is being typed.
fn broken(raw: Vec<TokenTree>, error: syn::Error, errors: &mut Errors) -> Read {
    if let [before @ .., TokenTree::Punct(last)] = raw.as_slice()
        && last.as_char() == '>'
        && let Ok(expr) = whole(before)
    {
        errors.at(last.span(), "this `>` closes no `<`: remove it");
        return Read { tokens: before.to_vec(), expr: Some(expr), state: State::Good };
    }
    let mut dot = None;
    let tidy = without_dangling_dots(raw.iter().cloned(), &mut dot);
    if let Some(dot) = dot {
        errors.at(dot, "this is not finished: write a field or a method after the `.`");
        if let Ok(expr) = whole(&tidy) {
            return Read { tokens: tidy, expr: Some(expr), state: State::Rejected };
        }
    } else if !habits::broken(&raw, errors) {
        let message = error.to_string();
        match message.strip_prefix("unexpected end of input, ") {
            Some(rest) => errors.at(error.span(), format!("this ends too early: {rest}")),
            None => errors.push(error),
        }
    }
    Read { tokens: raw, expr: None, state: State::Hidden }
}

/// Parses all of `tokens`; where they end too early the error is on the last of them.
fn whole(tokens: &[TokenTree]) -> syn::Result<Expr> {
    let stream = tokens.iter().cloned().collect();
    let mut wrapped = Group::new(Delimiter::Parenthesis, stream);
    if let Some(last) = tokens.last() {
        wrapped.set_span(last.span());
    }
    let parser = |input: ParseStream<'_>| {
        let content;
        syn::parenthesized!(content in input);
        content.parse::<Expr>()
    };
    parser.parse2(TokenTree::Group(wrapped).into())
}

/// `client.` -> `client`, in whatever nesting: what stood there before the last keystroke.
fn without_dangling_dots(tokens: impl IntoIterator<Item = TokenTree>, found: &mut Option<Span>) -> Vec<TokenTree> {
    let is =
        |token: &TokenTree, chars: &str| matches!(token, TokenTree::Punct(punct) if chars.contains(punct.as_char()));
    let mut tidy: Vec<TokenTree> = Vec::new();
    let mut rest = tokens.into_iter().peekable();
    while let Some(token) = rest.next() {
        let last_here = rest.peek().is_none_or(|next| is(next, ",;?"));
        let range = tidy.last().is_none_or(|before| is(before, "."));
        if last_here && !range && is(&token, ".") {
            found.get_or_insert(token.span());
            continue;
        }
        tidy.push(match token {
            TokenTree::Group(group) => {
                let mut inner = None;
                let stream = without_dangling_dots(group.stream(), &mut inner);
                if let Some(dot) = inner {
                    found.get_or_insert(dot);
                    let mut rebuilt = Group::new(group.delimiter(), stream.into_iter().collect());
                    rebuilt.set_span(group.span());
                    rebuilt.into()
                } else {
                    group.into()
                }
            }
            other => other,
        });
    }
    tidy
}
