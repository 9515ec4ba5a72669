//! One member: `name => *|deps| value?` and what may be left out of it.

use super::habits::{self, Before};
use super::name;
use super::needs;
use super::tokens::{Grammar, Sign, at_name, at_name_in_value, at_separator, sign, take_to};
use super::value::{self, MemberValue};
use crate::ast::{Member, Name, Needs, State};
use crate::errors::Errors;
use proc_macro2::{Ident, Span, TokenStream};
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::parse::discouraged::Speculative as _;
use syn::{Attribute, Token, Visibility};

/// Reads a member of a record or a tuple: at least one token.
pub(super) fn member(input: ParseStream<'_>, errors: &mut Errors) -> Member {
    attributes(input, errors);
    visibility(input, errors);
    match habits::before_member(input, errors) {
        None => named(input, Grammar::Members, errors).unwrap_or_else(|| without_sign(input, errors)),
        // Its sign is that of the other macro, and so is its `.await`: of these no more is said.
        Some(Before::Word(_)) if !at_separator(input) => {
            let mut member = member(input, &mut Errors::default());
            if member.star.is_none() && member.needs.is_none() {
                member.value.take_awaits();
            }
            member
        }
        Some(Before::Word(span) | Before::Stream(span)) => made(None, span, None, None, MemberValue::missing()),
    }
}

/// Reads attributes, which no member has.
pub(super) fn attributes(input: ParseStream<'_>, errors: &mut Errors) {
    let start = input.fork();
    let ahead = input.fork();
    // A `#` that begins no attribute stays where it is, and is reported as the start of a value.
    let Ok(attributes) = ahead.call(Attribute::parse_outer) else {
        return;
    };
    input.advance_to(&ahead);
    if let Some(first) = attributes.first() {
        let message = if first.path().is_ident("doc") {
            "a member has no documentation: write a comment with `//`"
        } else {
            "attributes on members are not supported: choose the future with `if cfg!(..)`, or put `#[cfg]` on the statement"
        };
        let written: TokenStream = take_to(&start, input.cursor()).into_iter().collect();
        errors.push(syn::Error::new_spanned(written, message));
    }
}

/// Reads a `pub`, which no member has.
pub(super) fn visibility(input: ParseStream<'_>, errors: &mut Errors) {
    let ahead = input.fork();
    if let Ok(visibility @ (Visibility::Public(_) | Visibility::Restricted(_))) = ahead.parse()
        && ahead.peek(Ident::peek_any)
    {
        input.advance_to(&ahead);
        errors.push(syn::Error::new_spanned(
            visibility,
            "a member has no visibility, and its field is public: remove `pub`",
        ));
    }
}

/// Reads a member that begins with a name and its sign, or with the sign alone.
pub(super) fn named(input: ParseStream<'_>, grammar: Grammar, errors: &mut Errors) -> Option<Member> {
    if input.peek(Token![=>]) {
        let glue = input.span();
        errors.at(glue, "this member has no name: write one before `=>`, or `_ => ..` to drop its result");
        let _ = input.parse::<Token![=>]>();
        return Some(after_sign(input, grammar, Name::Ignored(glue), glue, errors));
    }
    if !at_name(input, grammar) {
        return None;
    }
    let name = name::name(input, errors);
    let glue = name::read_sign(input, grammar, &name, errors);
    Some(after_sign(input, grammar, name, glue, errors))
}

/// Reads what follows the `=>` or the `:`.
pub(super) fn after_sign(
    input: ParseStream<'_>,
    grammar: Grammar,
    name: Name,
    glue: Span,
    errors: &mut Errors,
) -> Member {
    let star = star(input).or_else(|| habits::spread(input, grammar, errors));
    let needs = needs::needs(input, errors);
    let mut value = if at_separator(input) || at_name_in_value(input, grammar) {
        let before = match (&needs, star, grammar) {
            (Some(_), ..) => "the bars",
            (None, Some(_), _) => "`*`",
            (None, None, Grammar::Members) => "`=>`",
            (None, None, Grammar::Fields) => "`:`",
        };
        let shown = name::shown(&name);
        let span = match &name {
            Name::Ident(ident) => ident.span(),
            Name::Ignored(span) | Name::Index(_, span) => *span,
        };
        errors.at(span, format!("member `{shown}` has no value: write a future after {before}"));
        MemberValue::missing()
    } else {
        value::value(input, grammar, errors)
    };
    if habits::handler(input, grammar, errors) {
        value.state = State::Rejected;
    }
    made(Some(name), glue, star, needs, value)
}

/// Reads a value alone. If a sign follows it, it was meant as a name.
fn without_sign(input: ParseStream<'_>, errors: &mut Errors) -> Member {
    let unnamed = unnamed(input, errors);
    if unnamed.state != State::Good || sign(input).is_none_or(|sign| sign == Sign::Equals) {
        return unnamed;
    }
    errors.push(syn::Error::new_spanned(&unnamed.value, "the name of a member is one identifier: write `name => ..`"));
    let name = Name::Ignored(unnamed.glue);
    let glue = name::read_sign(input, Grammar::Members, &name, &mut Errors::default());
    let mut member = after_sign(input, Grammar::Members, name, glue, errors);
    if habits::is_arm(&unnamed.value) && member.state == State::Good {
        member.state = State::Rejected;
    }
    member
}

fn unnamed(input: ParseStream<'_>, errors: &mut Errors) -> Member {
    let glue = input.span();
    let star = star(input).or_else(|| habits::spread(input, Grammar::Members, errors));
    let value = if star.is_some() && at_separator(input) {
        errors.at(glue, "nothing stands after this `*`: write the list of futures to unpack");
        MemberValue::missing()
    } else {
        value::value(input, Grammar::Members, errors)
    };
    made(None, glue, star, None, value)
}

fn star(input: ParseStream<'_>) -> Option<Span> {
    let span = input.span();
    input.parse::<Token![*]>().ok().map(|_| span)
}

pub(super) fn made(
    name: Option<Name>,
    glue: Span,
    star: Option<Span>,
    needs: Option<Needs>,
    MemberValue { value, question, state }: MemberValue,
) -> Member {
    Member { name, glue, star, shorthand: false, needs, value, question, state }
}
