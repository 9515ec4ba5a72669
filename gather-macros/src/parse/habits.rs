//! What people write who know `select!`, `join_me_maybe!`, Python or JavaScript: each habit is one mistake, told in its own words.

use super::tokens::{Grammar, at_separator, sign_after_next, skip, take, take_to};
use crate::ast::Value;
use crate::errors::Errors;
use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{Expr, Token, token};

pub(super) const ELSE: &str = "a group waits for every member, so it has no `else` as `select!` has: remove it";
const HANDLER: &str = "a member has no handler as an arm of `select!` has: put it into the member, as in `async { let a = f().await; .. }`, or behind the `.await` of the group";
const MAYBE: &str = "a group waits for every member, so it has no `maybe`: remove it, or end what is unfinished by `; return_exceptions, until = f()`";
const MOVE: &str = "`move` stands before a block only behind `async`: write `async move { .. }`";
const AWAIT: &str = "this waits for the member before the group starts: remove `await`, the group awaits its members";
const STREAM: &str =
    "a stream is not a future: drive it in one, as in `async { while let Some(item) = stream.next().await { .. } }`";
const COMPREHENSION: &str = "a comprehension of Python's is an iterator here: write `*ids.into_iter().map(|id| f(id))`, or the items of a list before `gather!`";
const CONDITION: &str =
    "a member has no condition: write `if a { f() } else { g() }`, or `*a.then(|| f())` for a list of none or one";
const SPREAD: &str = "a list is unpacked by `*`: write `*list`";

/// `biased;` before all members.
pub(super) fn biased(input: ParseStream<'_>, errors: &mut Errors) {
    if is_word(input, "biased") && input.peek2(Token![;]) {
        let span = input.span();
        errors.at(span, "members are polled in the order of writing anyway: remove `biased;`");
        let _ = input.parse::<Ident>();
        let _ = input.parse::<Token![;]>();
    }
}

/// The beginning of a member of another macro, which was read and reported.
pub(super) enum Before {
    /// One word. What follows it is a member, with the sign of the other macro.
    Word(Span),
    /// Something that makes no member of what follows, which was passed over.
    Stream(Span),
}

pub(super) fn before_member(input: ParseStream<'_>, errors: &mut Errors) -> Option<Before> {
    let span = input.span();
    if input.peek(Token![let]) {
        errors.at(span, "members are written without `let` and `.await`: `a => f(),`");
        let _ = input.parse::<Token![let]>();
        let _ = input.parse::<Option<Token![mut]>>();
    } else if is_word(input, "maybe") && input.peek2(Ident::peek_any) && !at_separator(input) {
        errors.at(span, MAYBE);
        let _ = input.parse::<Ident>();
    } else if input.peek(syn::Ident) && input.peek2(Token![in]) {
        let written: TokenStream = take(input, 2).into_iter().collect();
        errors.push(syn::Error::new_spanned(written, STREAM));
        skip(input, Grammar::Members);
        return Some(Before::Stream(span));
    } else {
        return None;
    }
    Some(Before::Word(span))
}

/// A word before a value. Yields what the value should begin with instead.
pub(super) fn before_value(input: ParseStream<'_>, errors: &mut Errors) -> Option<Vec<TokenTree>> {
    let span = input.span();
    let (message, instead) = if input.peek(Token![move]) && input.peek2(token::Brace) {
        (MOVE, vec![Ident::new("async", span).into(), Ident::new("move", span).into()])
    } else if is_word(input, "maybe") && input.peek2(Ident::peek_any) {
        (MAYBE, Vec::new())
    } else if input.peek(Token![await]) && !input.peek2(Token![,]) {
        (AWAIT, Vec::new())
    } else {
        return None;
    };
    errors.at(span, message);
    let _ = input.call(Ident::parse_any);
    Some(instead)
}

/// `...list`
pub(super) fn spread(input: ParseStream<'_>, grammar: Grammar, errors: &mut Errors) -> Option<Span> {
    if grammar == Grammar::Fields || input.peek(Token![..=]) || !(input.peek(Token![..]) || input.peek(Token![...])) {
        return None;
    }
    let span = input.span();
    errors.at(span, SPREAD);
    let _ = if input.peek(Token![...]) {
        input.parse::<Token![...]>().map(drop)
    } else {
        input.parse::<Token![..]>().map(drop)
    };
    Some(span)
}

/// Does `value => handler` stand here?
pub(super) fn has_handler(input: ParseStream<'_>) -> bool {
    let ahead = input.fork();
    ahead.parse::<Expr>().is_ok() && ahead.peek(Token![=>])
}

/// `=> handler` behind a value.
pub(super) fn handler(input: ParseStream<'_>, grammar: Grammar, errors: &mut Errors) -> bool {
    if grammar == Grammar::Fields || !input.peek(Token![=>]) {
        return false;
    }
    errors.at(input.span(), HANDLER);
    let _ = input.parse::<Token![=>]>();
    let block = input.peek(token::Brace);
    let ahead = input.fork();
    if block {
        take(input, 1);
    } else if ahead.parse::<Expr>().is_ok() {
        take_to(input, ahead.cursor());
    } else if !at_separator(input) {
        skip(input, grammar);
    }
    true
}

/// `Some(a) = future`, before a handler.
pub(super) fn is_arm(value: &Value) -> bool {
    matches!(value.expr, Some(Expr::Assign(_)))
}

/// What stands between two members and is no `,`.
pub(super) fn between(input: ParseStream<'_>) -> Option<&'static str> {
    input.peek(Token![for]).then_some(COMPREHENSION)
}

/// Reports the habit that made `value` no expression, if it was one.
pub(super) fn broken(value: &[TokenTree], errors: &mut Errors) -> bool {
    if matches!(value, [TokenTree::Ident(word), ..] if word == "if") && !value.iter().any(is_braces) {
        errors.push(syn::Error::new_spanned(value.iter().cloned().collect::<TokenStream>(), CONDITION));
        return true;
    }
    let Some(span) = comprehension(value) else { return false };
    errors.at(span, COMPREHENSION);
    true
}

/// `x for x in xs`, in brackets or parentheses: where the `for` stands.
fn comprehension(tokens: &[TokenTree]) -> Option<Span> {
    let is = |token: &TokenTree, text: &str| matches!(token, TokenTree::Ident(word) if word == text);
    let at = tokens.iter().skip(1).position(|token| is(token, "for"));
    if let Some(at) = at
        && tokens[at..].iter().any(|token| is(token, "in"))
        && !tokens.iter().any(is_braces)
    {
        return Some(tokens[at + 1].span());
    }
    tokens.iter().find_map(|token| match token {
        TokenTree::Group(group) if group.delimiter() != Delimiter::Brace => {
            comprehension(&group.stream().into_iter().collect::<Vec<_>>())
        }
        _ => None,
    })
}

fn is_braces(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
}

fn is_word(input: ParseStream<'_>, text: &str) -> bool {
    input.fork().parse::<Ident>().is_ok_and(|word| word == text) && sign_after_next(input).is_none()
}
