//! Right input: what the ast holds. Mistakes: how many errors, where, the whole message, and what is left of the ast.

use crate::ast::{Group, Layout, Member, Name, Needs, State};
use crate::errors::Errors;
use crate::options::Policy;
use proc_macro2::TokenStream;

/// Parses and checks, and yields a line that holds the whole ast, and each error with what it points at.
pub(crate) fn read(source: &str) -> (String, Vec<(String, String)>) {
    let tokens: TokenStream = source.parse().expect("the test source is made of tokens");
    let mut errors = Errors::default();
    let mut group = super::group(tokens, &mut errors);
    crate::check::group(&mut group, &mut errors);
    let errors = errors.into_list();
    let errors = errors.into_iter().map(|error| {
        let place = error.span().source_text();
        (place.unwrap_or_default(), error.to_string())
    });
    (shown(&group), errors.collect())
}

/// The source is right, and the ast is `expected`.
#[track_caller]
pub(crate) fn right(source: &str, expected: &str) {
    let (ast, errors) = read(source);
    assert_eq!(errors, [], "{source}");
    assert_eq!(ast, expected, "{source}");
}

/// The source has exactly these mistakes, each `(place, message)`, and `expected` is left.
#[track_caller]
pub(crate) fn wrong(source: &str, mistakes: &[(&str, &str)], expected: &str) {
    let (ast, errors) = read(source);
    let errors: Vec<_> = errors.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    assert_eq!(errors, mistakes, "{source}");
    assert_eq!(ast, expected, "{source}");
}

/// `a = value? | b! = value; limit = 2`, where `!` is a rejected and `#` a hidden member.
fn shown(group: &Group) -> String {
    let layout = match &group.layout {
        Layout::Record => "record".to_owned(),
        Layout::Tuple => "tuple".to_owned(),
        Layout::Struct { path, .. } => match group.layout.base() {
            None => path.to_string(),
            Some(base) => format!("{path} ..{base}"),
        },
    };
    let members: Vec<_> = group.members.iter().map(shown_member).collect();
    let mut parts = vec![format!("{layout}: {}", members.join(", "))];
    let options = &group.options;
    parts.extend(options.policy.as_ref().map(|(policy, _)| {
        match policy {
            Policy::ReturnExceptions => "return_exceptions",
            Policy::AllErrors => "all_errors",
            Policy::NameErrors => "name_errors",
        }
        .to_owned()
    }));
    let valued = [&options.error, &options.limit, &options.timeout, &options.until];
    for option in valued.into_iter().flatten() {
        parts.push(format!("{} = {}", option.word, option.value.tokens));
    }
    parts.extend(options.spawn.as_ref().map(|(word, value)| match value {
        Some(value) => format!("{word} = {}", value.tokens),
        None => word.to_string(),
    }));
    parts.extend(options.completions.iter().chain(&options.poll_all).map(ToString::to_string));
    parts.join("; ")
}

fn shown_member(member: &Member) -> String {
    let name = match &member.name {
        None => String::new(),
        Some(Name::Ident(name)) => name.to_string(),
        Some(Name::Ignored(_)) => "_".to_owned(),
        Some(Name::Index(index, _)) => index.to_string(),
    };
    let state = match member.state {
        State::Good => "",
        State::Rejected => "!",
        State::Hidden | State::HalfTyped => "#",
    };
    let equals = if name.is_empty() && state.is_empty() { "" } else { " = " };
    let star = if member.star.is_some() { "*" } else { "" };
    let needs = member.needs.as_ref().map(shown_needs).unwrap_or_default();
    let question = if member.question.is_some() { "?" } else { "" };
    let value = member.value.tokens.to_string();
    format!("{name}{state}{equals}{star}{needs}{value}{question}")
}

fn shown_needs(needs: &Needs) -> String {
    let asyncness = needs.asyncness.map_or("", |_| "async ");
    let moved = needs.moved.map_or("", |_| "move ");
    let params: Vec<_> = needs
        .params
        .iter()
        .map(|param| match &param.ty {
            Some(ty) => format!("{}: {ty}", param.name),
            None => param.name.to_string(),
        })
        .collect();
    format!("{asyncness}{moved}|{}| ", params.join(", "))
}

mod angles;
mod fragments;
mod layouts;
mod mistakes;
mod options;
mod recovery;
