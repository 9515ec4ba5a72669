//! `; limit = 8, return_exceptions`: which words they are and whether each has the value it takes.

use super::name::{self, Sign};
use super::{Place, at_separator, member, value};
use crate::ast::{Errors, Group, Policy, State, TypedOption, Valued};
use crate::options::{self, OPTIONS, OptionRow, Slot, Takes};
use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{Expr, Token, Type, token};

pub(super) fn after_semicolon(input: ParseStream<'_>, group: &mut Group, errors: &mut Errors) {
    while !input.is_empty() {
        let span = input.span();
        if input.parse::<Token![;]>().is_ok() {
            errors.at(span, "options are separated by `,`: write `,` instead of this `;`");
            continue;
        }
        if input.parse::<Token![,]>().is_ok() {
            errors.at(span, "no option stands before this `,`: remove it");
            continue;
        }
        item(input, group, errors);
        if at_separator(input) {
            let _ = input.parse::<Option<Token![,]>>();
        } else if input.peek(Ident::peek_any) {
            errors.at(input.span(), "missing `,` before this option");
        } else {
            errors.at(input.span(), "expected `,` after the option before this");
            value::skip(input, Place::List);
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
    let Some(row) = ahead.parse::<Ident>().ok().and_then(|word| options::find(&word.to_string())) else {
        return false;
    };
    let stands_alone = named || matches!(row.takes, Takes::Nothing | Takes::OptionalExpr);
    name::sign(&ahead).map_or_else(|| stands_alone && at_separator(&ahead), |sign| sign == Sign::Equals)
}

pub(super) fn misplaced(input: ParseStream<'_>, group: &mut Group, errors: &mut Errors) {
    let first = group.typed_options.is_empty();
    let Ok(word) = input.fork().parse::<Ident>() else { return };
    let takes_nothing = options::find(&word.to_string()).is_some_and(|row| row.takes == Takes::Nothing);
    if first && takes_nothing && name::sign_after_next(input).is_some() {
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
    let known = word.as_ref().is_some_and(|word| options::find(&word.to_string()).is_some());
    let sign = name::sign(&ahead);
    let two_words = input.peek(syn::Ident) && ahead.peek(Ident::peek_any);
    let is_option = known || sign.map_or_else(|| two_words || at_separator(&ahead), |sign| sign != Sign::FatArrow);
    let Some(word) = word.filter(|_| is_option) else {
        return late_member(input, group, errors);
    };
    let _ = input.call(Ident::parse_any);
    let row = resolve(&word, group, errors);
    match (sign, row) {
        (Some(sign), row) => {
            read_equals(input, sign, row, &word, errors);
            let value = read_value(input, row, &word, errors);
            if let Some(typed) = group.typed_options.last_mut() {
                typed.value = Some(value.typed());
            }
            match (row, value) {
                (Some(row), OptionValue::Absent) => store(group, row, word, None, errors),
                (Some(row), OptionValue::Tokens(value)) => {
                    store(group, row, word, Some(value), errors);
                }
                (None, _) | (_, OptionValue::Unusable(_)) => {}
            }
        }
        (None, None) => {}
        (None, Some(row)) => {
            if input.peek(token::Paren) {
                errors.at(word.span(), format!("an option is no call: write `{}`", row.example));
                value::skip(input, Place::List);
                store(group, row, word, None, errors);
            } else if matches!(row.takes, Takes::Expr | Takes::Type) {
                needs_value(&word, row, errors);
            } else {
                store(group, row, word, None, errors);
            }
        }
    }
}

/// Finds the option that `word` names or was probably meant to name, and reports a word that is none or that came before.
fn resolve(word: &Ident, group: &mut Group, errors: &mut Errors) -> Option<&'static OptionRow> {
    let text = word.to_string();
    let again = group.typed_options.iter().any(|earlier| earlier.word == text);
    group.typed_options.push(TypedOption { word: word.clone(), value: None });
    if let Some(row) = options::find(&text) {
        if again {
            errors.at(word.span(), format!("option `{text}` is given twice: remove one"));
        }
        return Some(row);
    }
    let guess = options::guess(&text);
    let advice = match guess {
        Some(row) => format!("did you mean `{}`?", row.word),
        None => format!("the options are {}", options::listed(OPTIONS.iter().map(|row| row.word))),
    };
    errors.at(word.span(), format!("unknown option `{text}`: {advice}"));
    guess
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

enum OptionValue {
    Tokens(TokenStream),
    /// The option goes without one.
    Absent,
    /// None that can be expanded.
    Unusable(TokenStream),
}

impl OptionValue {
    fn typed(&self) -> TokenStream {
        match self {
            Self::Tokens(tokens) | Self::Unusable(tokens) => tokens.clone(),
            Self::Absent => TokenStream::new(),
        }
    }
}

/// Reads what follows the `=`.
fn read_value(input: ParseStream<'_>, row: Option<&OptionRow>, word: &Ident, errors: &mut Errors) -> OptionValue {
    let takes = row.map_or(Takes::OptionalExpr, |row| row.takes);
    if at_separator(input) {
        if let Some(row) = row {
            needs_value(word, row, errors);
        }
        return match takes {
            Takes::Nothing | Takes::OptionalExpr => OptionValue::Absent,
            Takes::Expr | Takes::Type => OptionValue::Unusable(TokenStream::new()),
        };
    }
    if takes == Takes::Type {
        return read_type(input, errors);
    }
    let read = value::expression(input, Place::List, errors);
    let tokens: TokenStream = read.tokens.into_iter().collect();
    if takes == Takes::Nothing {
        errors.push(syn::Error::new_spanned(&tokens, format!("`{word}` takes no value: write `{word}` alone")));
        return OptionValue::Absent;
    }
    match read.state {
        State::Good | State::Rejected if value::is_sound::<Expr>(&tokens, errors) => OptionValue::Tokens(tokens),
        _ => OptionValue::Unusable(tokens),
    }
}

fn read_type(input: ParseStream<'_>, errors: &mut Errors) -> OptionValue {
    let ahead = input.fork();
    if ahead.parse::<Type>().is_ok() && at_separator(&ahead) {
        let tokens = value::take_to(input, ahead.cursor()).into_iter().collect();
        let sound = value::is_sound::<Type>(&tokens, errors);
        return if sound { OptionValue::Tokens(tokens) } else { OptionValue::Unusable(tokens) };
    }
    let raw: TokenStream = value::skip(input, Place::List).into_iter().collect();
    errors.push(syn::Error::new_spanned(&raw, "`error` takes a type: write `error = MyError`"));
    OptionValue::Unusable(raw)
}

fn needs_value(word: &Ident, row: &OptionRow, errors: &mut Errors) {
    let message = match row.takes {
        Takes::Nothing => format!("`{word}` takes no value: write `{word}` alone"),
        Takes::OptionalExpr => {
            format!("nothing stands after this `=`: write `{word}` alone, or a value")
        }
        Takes::Expr | Takes::Type => {
            format!("`{word}` needs a value: write `{}`", row.example)
        }
    };
    errors.at(word.span(), message);
}

const NAMED_ANYWAY: &str = "a spawned group names the failing member anyway: remove `name_errors`";

/// Keeps the option, unless one is there that it excludes or repeats.
fn store(group: &mut Group, row: &OptionRow, word: Ident, value: Option<TokenStream>, errors: &mut Errors) {
    if excluded(group, row, &word, errors) {
        return;
    }
    let given = &mut group.options;
    let slot = match (row.slot, value) {
        (Slot::Policy(policy), _) => {
            given.policy.get_or_insert((policy, word));
            return;
        }
        (Slot::Spawn, value) => {
            if given.spawn.is_none() {
                if value.is_some() {
                    given.order.push(word.clone());
                }
                given.spawn = Some((word, value));
            }
            return;
        }
        (Slot::Completions, _) => {
            given.completions.get_or_insert(word);
            return;
        }
        (Slot::PollAll, _) => {
            given.poll_all.get_or_insert(word);
            return;
        }
        (_, None) => return,
        (Slot::Error, Some(value)) => {
            given.error.get_or_insert(Valued { word, value });
            return;
        }
        (Slot::Limit, Some(value)) => (&mut given.limit, value),
        (Slot::Timeout, Some(value)) => (&mut given.timeout, value),
        (Slot::Until, Some(value)) => (&mut given.until, value),
    };
    if let (none @ None, value) = slot {
        given.order.push(word.clone());
        *none = Some(Valued { word, value });
    }
}

/// Whether an earlier option excludes this one.
fn excluded(group: &mut Group, row: &OptionRow, word: &Ident, errors: &mut Errors) -> bool {
    let given = &mut group.options;
    let earlier = [
        given.policy.as_ref().map(|(_, word)| word),
        given.spawn.as_ref().map(|(word, _)| word),
        given.completions.as_ref(),
        given.poll_all.as_ref(),
        given.timeout.as_ref().map(|timeout| &timeout.word),
    ];
    let earlier = earlier.into_iter().flatten().find(|earlier| row.excludes.contains(&earlier.to_string().as_str()));
    let Some(earlier) = earlier.cloned() else { return false };
    let other = options::find(&earlier.to_string()).map(|row| row.slot);
    match (row.slot, other) {
        (Slot::Spawn, Some(Slot::Policy(_))) => {
            errors.at(earlier.span(), NAMED_ANYWAY);
            given.policy = None;
            false
        }
        (Slot::Policy(Policy::NameErrors), Some(Slot::Spawn)) => {
            errors.at(word.span(), NAMED_ANYWAY);
            true
        }
        // What kind of thing the group is stays: the code around it is written for that.
        (Slot::Completions, Some(Slot::Spawn)) => {
            errors.at(earlier.span(), not_spawned(word));
            if let Some((spawn, Some(_))) = given.spawn.take() {
                given.order.retain(|word| *word != spawn);
            }
            false
        }
        (Slot::Spawn, Some(Slot::Completions)) => {
            errors.at(word.span(), not_spawned(&earlier));
            true
        }
        (Slot::Completions, Some(Slot::Policy(_))) => {
            errors.at(earlier.span(), not_collected(word));
            given.policy = None;
            false
        }
        (Slot::Policy(_), Some(Slot::Completions)) => {
            errors.at(word.span(), not_collected(&earlier));
            true
        }
        (Slot::PollAll, Some(Slot::Spawn)) | (Slot::Spawn, Some(Slot::PollAll)) => {
            errors.at(word.span(), POLLED_IN_TASK);
            true
        }
        (Slot::PollAll, Some(Slot::Timeout)) | (Slot::Timeout, Some(Slot::PollAll)) => {
            errors.at(word.span(), NO_WALL_CLOCK);
            true
        }
        _ => {
            errors.at(word.span(), format!("`{word}` and `{earlier}` exclude each other: keep one"));
            true
        }
    }
}

const POLLED_IN_TASK: &str = "`poll_all` is about members that are polled by the awaiting task, and those of a spawned group are tasks of their own: remove one of them";

const NO_WALL_CLOCK: &str = "`timeout` is a wall clock, which `poll_all` is to keep out: write `until = timer`, with a timer of the engine that polls the group";

fn not_spawned(word: &Ident) -> String {
    format!(
        "the members of `{word}` are polled by who takes their results: to let them run on meanwhile, spawn them instead of the group, as in `*jobs.map(tokio::spawn); {word}, return_exceptions`"
    )
}

fn not_collected(word: &Ident) -> String {
    format!(
        "`{word}` gives each result as it comes, and with `return_exceptions` each error too: write that instead of `all_errors`"
    )
}

/// `a => f(); b => g()`: the member is read and kept.
fn late_member(input: ParseStream<'_>, group: &mut Group, errors: &mut Errors) {
    errors.at(input.span(), "only options follow the `;`, and this is none: separate members by `,`");
    let member = member::member(input, Place::List, errors);
    group.members.push(member);
}
