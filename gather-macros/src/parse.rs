//! Tokens to ast. What cannot be read is reported here, and reading goes on at the next `,` or `;`, so that all mistakes of one call
//! are found in one compile. What a mistake leaves of the ast still expands.

mod angles;
mod fields;
pub(crate) mod fragments;
mod habits;
mod member;
mod name;
mod needs;
mod options;
pub(crate) mod tokens;
mod value;

#[cfg(test)]
pub(crate) mod tests;

use crate::ast::{Group, Layout, Options, State};
use crate::errors::Errors;
use proc_macro2::TokenStream;
use syn::Token;
use syn::parse::{ParseStream, Parser};
use tokens::{Grammar, at_end, at_name, skip};

pub(crate) fn group(tokens: TokenStream, errors: &mut Errors) -> Group {
    let tokens = angles::taken_off(fragments::of_call(tokens), errors);
    let mut group =
        Group { layout: Layout::Tuple, members: Vec::new(), options: Options::default(), typed_options: Vec::new() };
    let parser = |input: ParseStream<'_>| {
        whole(input, &mut group, errors);
        Ok(())
    };
    if let Err(error) = parser.parse2(tokens) {
        errors.push(error);
    }
    group
}

fn whole(input: ParseStream<'_>, group: &mut Group, errors: &mut Errors) {
    if let Some((path, content)) = fields::open(input) {
        if fields::is_sound(&path, errors) {
            group.layout = Layout::Struct { path, bases: Vec::new() };
        }
        members(&content, Grammar::Fields, group, errors);
        fields::end(&content, group, errors);
        let _ = input.parse::<Option<Token![,]>>();
    }
    habits::biased(input, errors);
    options::before_members(input, group, errors);
    members(input, Grammar::Members, group, errors);
    if input.parse::<Token![;]>().is_ok() {
        options::after_semicolon(input, group, errors);
    }
    if matches!(group.layout, Layout::Tuple) && has_names(group) {
        group.layout = Layout::Record;
    }
}

/// Reads up to the `;` or the end.
fn members(input: ParseStream<'_>, grammar: Grammar, group: &mut Group, errors: &mut Errors) {
    while !at_end(input) {
        if input.peek(Token![,]) {
            errors.at(input.span(), "no member stands before this `,`: write one, or remove the `,`");
            let _ = input.parse::<Token![,]>();
            continue;
        }
        let sound = if grammar == Grammar::Members && options::among_members(input, has_names(group)) {
            options::misplaced(input, group, errors);
            true
        } else if grammar == Grammar::Fields && input.peek(Token![..]) {
            fields::base(input, group, errors);
            true
        } else {
            let member = match grammar {
                Grammar::Members => member::member(input, errors),
                Grammar::Fields => fields::field(input, errors),
            };
            let sound = member.state == State::Good;
            group.members.push(member);
            sound
        };
        separator(input, grammar, group, sound, errors);
    }
}

/// Reads the `,` after a member. `sound` is false after a mistake: where that member ends is then a guess.
fn separator(input: ParseStream<'_>, grammar: Grammar, group: &Group, sound: bool, errors: &mut Errors) {
    if at_end(input)
        || input.parse::<Token![,]>().is_ok()
        || !sound
        || (grammar == Grammar::Members && options::among_members(input, has_names(group)))
    {
        return;
    }
    if at_name(input, grammar)
        || (!has_names(group) && input.fork().parse::<syn::Expr>().is_ok())
        || (grammar == Grammar::Fields && input.peek(Token![..]))
    {
        errors.at(input.span(), "missing `,` before this member");
    } else {
        let after = match grammar {
            Grammar::Members => "expected `,` or `;` after the member before this",
            Grammar::Fields => "expected `,` or `}` after the field before this",
        };
        errors.at(input.span(), habits::between(input).unwrap_or(after));
        skip(input, grammar);
        let _ = input.parse::<Option<Token![,]>>();
    }
}

fn has_names(group: &Group) -> bool {
    matches!(group.layout, Layout::Struct { .. }) || group.members.iter().any(|member| member.name.is_some())
}
