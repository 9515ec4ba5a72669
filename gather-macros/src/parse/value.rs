//! The extent of a value, kept token by token as the user wrote it, and what to make of one that is no expression.

use super::{Place, at_separator, habits, name};
use crate::ast::{Errors, State};
use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use syn::buffer::Cursor;
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Expr, Token};

pub(super) struct Value {
    pub(super) tokens: TokenStream,
    pub(super) question: Option<Span>,
    pub(super) state: State,
}

impl Value {
    pub(super) fn missing() -> Self {
        Value { tokens: TokenStream::new(), question: None, state: State::Hidden }
    }
}

/// What a `.await` at the very end of a value is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Await {
    Allowed,
    Refused,
    /// In the body of a plain dependant.
    RefusedInBody,
}

/// Reads the value of a member with its `?`. At least one token is there.
pub(super) fn value(input: ParseStream<'_>, place: Place, waits: Await, errors: &mut Errors) -> Value {
    let read = expression(input, place, errors);
    let mut tokens = read.tokens;
    let question = match tokens.last() {
        Some(TokenTree::Punct(punct)) if punct.as_char() == '?' => Some(punct.span()),
        _ => None,
    };
    if question.is_some() {
        tokens.pop();
    }
    if let (Some(expr), true) = (&read.expr, waits != Await::Allowed) {
        strip_awaits(expr, &mut tokens, waits, errors);
    }
    Value { tokens: tokens.into_iter().collect(), question, state: read.state }
}

/// `x.await` -> `x`, so that what is left has the type that was meant.
fn strip_awaits(expr: &Expr, tokens: &mut Vec<TokenTree>, waits: Await, errors: &mut Errors) {
    let mut tail = match expr {
        Expr::Try(tried) => &*tried.expr,
        other => other,
    };
    let mut last = None;
    while let Expr::Await(waited) = tail {
        last = last.or(Some(waited.await_token.span));
        tokens.truncate(tokens.len().saturating_sub(2));
        tail = &waited.base;
    }
    let Some(span) = last else { return };
    errors.at(
        span,
        match waits {
            Await::RefusedInBody => {
                "`.await` cannot stand in the body of a plain dependant: remove it, the group awaits its members, or write `async |..| { .. }`"
            }
            _ => {
                "this waits for the member before the group starts: remove `.await`, the group awaits its members"
            }
        },
    );
}

pub(super) struct Read {
    pub(super) tokens: Vec<TokenTree>,
    pub(super) expr: Option<Expr>,
    pub(super) state: State,
}

/// Reads one expression, or reports that none is there and reads up to where the next thing seems to start.
pub(super) fn expression(input: ParseStream<'_>, place: Place, errors: &mut Errors) -> Read {
    if let Some(instead) = habits::before_value(input, errors) {
        return instead_of(instead, input, place, errors);
    }
    let ahead = input.fork();
    let raw = match ahead.parse::<Expr>() {
        Ok(expr) => {
            let end = ahead.cursor();
            match swallowed_name(&input.fork(), &ahead, place) {
                None => {
                    return Read { tokens: take_to(input, end), expr: Some(expr), state: State::Good };
                }
                Some(length) => take(input, length),
            }
        }
        Err(_) => skip(input, place),
    };
    broken(raw, errors)
}

/// Reads the rest of a value that begins with other words than were written.
fn instead_of(mut tokens: Vec<TokenTree>, input: ParseStream<'_>, place: Place, errors: &mut Errors) -> Read {
    if at_separator(input) {
        return Read { tokens, expr: None, state: State::Hidden };
    }
    if tokens.is_empty() {
        return expression(input, place, errors);
    }
    tokens.extend(take(input, 1));
    let expr = whole(&tokens).ok();
    Read { state: if expr.is_some() { State::Good } else { State::Hidden }, tokens, expr }
}

/// In `a => client. <newline> b => f()` the expression `client.b` ends with the name of the next member. Yields the number
/// of tokens before that name.
fn swallowed_name(start: ParseStream<'_>, end: ParseStream<'_>, place: Place) -> Option<usize> {
    let sign = name::sign(end)?;
    if sign == name::Sign::Equals {
        return None;
    }
    let tokens = take_to(start, end.cursor());
    match tokens.as_slice() {
        // `a: client. <newline> b: f()`
        [.., TokenTree::Punct(dot), TokenTree::Ident(_)] if sign == name::Sign::Colon && place == Place::List => {
            (dot.as_char() == '.').then(|| tokens.len() - 1)
        }
        [_, .., before, TokenTree::Ident(_)] if is_tick(before) => None,
        [_, .., TokenTree::Ident(_)] if sign != name::Sign::Colon || place != Place::List => Some(tokens.len() - 1),
        _ => None,
    }
}

/// Reports why `raw` is no expression, and repairs what an editor leaves while a member is being typed.
fn broken(raw: Vec<TokenTree>, errors: &mut Errors) -> Read {
    let error = match whole(&raw) {
        Ok(expr) => {
            return Read { tokens: raw, expr: Some(expr), state: State::Good };
        }
        Err(error) => error,
    };
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

/// Reports what a fork of the input passes over, and the macro would be refused for: what is too much inside brackets, as the
/// `b` in `x[a b]`.
pub(super) fn is_sound<T: Parse>(tokens: &TokenStream, errors: &mut Errors) -> bool {
    syn::parse2::<T>(tokens.clone()).map_err(|error| errors.push(error)).is_ok()
}

/// Reads up to the next `,`, `;` or member, but at least one token.
pub(super) fn skip(input: ParseStream<'_>, place: Place) -> Vec<TokenTree> {
    let mut tokens = take(input, 1);
    while !at_separator(input) && !name::interrupts(input, place) {
        tokens.extend(take(input, 1));
    }
    tokens
}

/// Reads the tokens up to the next `,`.
pub(crate) fn rest(input: ParseStream<'_>) -> TokenStream {
    let mut tokens = TokenStream::new();
    while !input.is_empty() && !input.peek(Token![,]) {
        tokens.extend(take(input, 1));
    }
    tokens
}

/// Reads the tokens up to `end`, a place further on in the same input.
pub(crate) fn take_to(input: ParseStream<'_>, end: Cursor<'_>) -> Vec<TokenTree> {
    let mut tokens = Vec::new();
    while input.cursor() < end && !input.is_empty() {
        tokens.extend(take(input, 1));
    }
    tokens
}

/// A tick is one with the word after it: nobody takes a lifetime without its name.
pub(super) fn take(input: ParseStream<'_>, count: usize) -> Vec<TokenTree> {
    let mut tokens: Vec<TokenTree> = (0..count).map_while(|_| input.parse().ok()).collect();
    if tokens.last().is_some_and(is_tick) {
        tokens.extend(input.parse::<TokenTree>());
    }
    tokens
}

fn is_tick(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(mark) if mark.as_char() == '\'')
}
