//! `; limit = 8, return_exceptions`: which words they are and whether each has the value it takes.

use super::tokens::{Grammar, Sign, at_separator, read, sign, sign_after_next, skip, take_to};
use super::{member, value};
use crate::ast::{Group, OptionValue, TypedOption, Value};
use crate::errors::Errors;
use crate::options::{self, Macro, OptionRow, Takes};
use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{Token, Type, token};

pub(super) fn after_semicolon(input: ParseStream<'_>, group: &mut Group, errors: &mut Errors) {
    let mut after_let = false;
    while !input.is_empty() {
        let span = input.span();
        if input.parse::<Token![;]>().is_ok() {
            if !after_let {
                errors.at(span, "options are separated by `,`: write `,` instead of this `;`");
            }
            continue;
        }
        if input.parse::<Token![,]>().is_ok() {
            errors.at(span, "no option stands before this `,`: remove it");
            continue;
        }
        after_let = input.peek(Token![let]);
        item(input, group, errors);
        if at_separator(input) {
            let _ = input.parse::<Option<Token![,]>>();
        } else if input.peek(Ident::peek_any) {
            errors.at(input.span(), "missing `,` before this option");
        } else {
            errors.at(input.span(), "expected `,` after the option before this");
            skip(input, Grammar::Members);
            let _ = input.parse::<Option<Token![,]>>();
        }
    }
}

/// `limit = 2; f(1), g(2)`: the options are read, and the `;` with them.
pub(super) fn before_members(input: ParseStream<'_>, group: &mut Group, errors: &mut Errors) {
    if !among_members(input, true) || !members_follow(&input.fork()) {
        return;
    }
    errors.at(input.span(), "options follow the members: move them behind, as in `gather!(f(1), g(2); limit = 2)`");
    while !input.is_empty() && !input.peek(Token![;]) {
        item(input, group, errors);
        let _ = input.parse::<Option<Token![,]>>();
    }
    let _ = input.parse::<Token![;]>();
}

/// Is there a `;`, and something behind it that is no option?
fn members_follow(ahead: ParseStream<'_>) -> bool {
    while !ahead.is_empty() && !ahead.peek(Token![;]) {
        if ahead.parse::<TokenTree>().is_err() {
            return false;
        }
    }
    ahead.parse::<Token![;]>().is_ok() && !ahead.is_empty() && !among_members(ahead, true)
}

/// Does an option stand here, among the members? `limit` alone may be a variable, unless the members have names.
pub(super) fn among_members(input: ParseStream<'_>, named: bool) -> bool {
    let ahead = input.fork();
    let Some(row) = ahead.parse::<Ident>().ok().and_then(|word| options::find(Macro::Gather, &word.to_string())) else {
        return false;
    };
    let stands_alone = named || matches!(row.takes, Takes::Nothing | Takes::OptionalExpr);
    sign(&ahead).map_or_else(|| stands_alone && at_separator(&ahead), |sign| sign == Sign::Equals)
}

pub(super) fn misplaced(input: ParseStream<'_>, group: &mut Group, errors: &mut Errors) {
    let first = group.typed_options.is_empty();
    let Ok(word) = input.fork().parse::<Ident>() else { return };
    let takes_nothing = options::find(Macro::Gather, &word.to_string()).is_some_and(|row| row.takes == Takes::Nothing);
    if first && takes_nothing && sign_after_next(input).is_some() {
        // As keyword arguments of Python are written.
        errors
            .at(word.span(), format!("`{word}` is an option, and takes no value: write `; {word}` behind the members"));
        return item(input, group, &mut Errors::default());
    }
    // One `;` before the first of them puts all of them right.
    if first {
        errors.at(word.span(), format!("`{word}` is an option, not a member: put `;` before it"));
    }
    item(input, group, errors);
}

/// Reads at least one token.
fn item(input: ParseStream<'_>, group: &mut Group, errors: &mut Errors) {
    let ahead = input.fork();
    let word = ahead.call(Ident::parse_any).ok();
    let known = word.as_ref().is_some_and(|word| options::find(Macro::Gather, &word.to_string()).is_some());
    let sign = sign(&ahead);
    let two_words = input.peek(syn::Ident) && ahead.peek(Ident::peek_any);
    let is_option = known || sign.map_or_else(|| two_words || at_separator(&ahead), |sign| sign != Sign::FatArrow);
    let Some(word) = word.filter(|_| is_option) else {
        return member_after_semicolon(input, group, errors);
    };
    let _ = input.call(Ident::parse_any);
    let row = options::find(Macro::Gather, &word.to_string()).or_else(|| options::guess(Macro::Gather, &word));
    let (value, typed) = match (sign, row) {
        (Some(sign), row) => {
            read_equals(input, sign, row, &word, errors);
            let (value, typed) = read_value(input, row, &word, errors);
            (value, Some(typed))
        }
        (None, Some(row)) if input.peek(token::Paren) => {
            errors.at(word.span(), format!("an option is no call: write `{}`", row.example));
            skip(input, Grammar::Members);
            (OptionValue::Absent, None)
        }
        (None, Some(row)) if matches!(row.takes, Takes::Expr | Takes::Type | Takes::Path) => {
            errors.at(word.span(), row.wrong_value(&word));
            (OptionValue::Unusable, None)
        }
        (None, _) => (OptionValue::Absent, None),
    };
    group.typed_options.push(TypedOption { word, row, value, typed });
}

fn read_equals(input: ParseStream<'_>, sign: Sign, row: Option<&OptionRow>, word: &Ident, errors: &mut Errors) {
    let span = input.span();
    let (written, read) = match sign {
        Sign::Equals => ("=", input.parse::<Token![=]>().is_ok()),
        Sign::FatArrow => ("=>", input.parse::<Token![=>]>().is_ok()),
        Sign::Colon => (":", input.parse::<Token![:]>().is_ok()),
        Sign::ThinArrow => ("->", input.parse::<Token![->]>().is_ok()),
    };
    let takes_value = row.is_some_and(|row| row.takes != Takes::Nothing);
    if read && sign != Sign::Equals && takes_value {
        errors.at(span, format!("expected `=` after the option, found `{written}`: write `{word} = ..`"));
    }
}

/// Reads what follows the `=`: the value, and its tokens, whatever they are.
fn read_value(
    input: ParseStream<'_>,
    row: Option<&OptionRow>,
    word: &Ident,
    errors: &mut Errors,
) -> (OptionValue, TokenStream) {
    let takes = row.map_or(Takes::OptionalExpr, |row| row.takes);
    if at_separator(input) {
        if let Some(row) = row {
            errors.at(word.span(), row.wrong_value(word));
        }
        let value = match takes {
            Takes::Nothing | Takes::OptionalExpr => OptionValue::Absent,
            Takes::Expr | Takes::Type | Takes::Path => OptionValue::Unusable,
        };
        return (value, TokenStream::new());
    }
    if takes == Takes::Type {
        return read_type(input, errors);
    }
    let read = value::expression(input, Grammar::Members, errors);
    let tokens: TokenStream = read.tokens.into_iter().collect();
    if let Some(row) = row.filter(|row| row.takes == Takes::Nothing) {
        errors.push(syn::Error::new_spanned(&tokens, row.wrong_value(word)));
        return (OptionValue::Absent, TokenStream::new());
    }
    let value = match read.expr {
        Some(expr) => OptionValue::Given(Box::new(Value { tokens: tokens.clone(), expr: Some(expr) })),
        None => OptionValue::Unusable,
    };
    (value, tokens)
}

fn read_type(input: ParseStream<'_>, errors: &mut Errors) -> (OptionValue, TokenStream) {
    let ahead = input.fork();
    if ahead.parse::<Type>().is_ok() && at_separator(&ahead) {
        let tokens: TokenStream = take_to(input, ahead.cursor()).into_iter().collect();
        let value = match read::<Type>(&tokens, errors) {
            Some(_) => OptionValue::Given(Box::new(Value { tokens: tokens.clone(), expr: None })),
            None => OptionValue::Unusable,
        };
        return (value, tokens);
    }
    let raw: TokenStream = skip(input, Grammar::Members).into_iter().collect();
    errors.push(syn::Error::new_spanned(&raw, "`error` takes a type: write `error = MyError`"));
    (OptionValue::Unusable, raw)
}

/// `a => f(); b => g()`: the member is read and kept.
fn member_after_semicolon(input: ParseStream<'_>, group: &mut Group, errors: &mut Errors) {
    // Of a `let` that is said where it is read, and its `;` belongs to it.
    if !input.peek(Token![let]) {
        errors.at(input.span(), "only options follow the `;`, and this is none: separate members by `,`");
    }
    let member = member::member(input, errors);
    group.members.push(member);
}
