//! What the options demand of one another, of the members and of their own values.

use super::literals::{Literal, limit, literal, timeout, until};
use crate::ast::{Group, Options, State, Valued};
use crate::errors::Errors;
use crate::options::{Macro, Policy, find};
use syn::Lit;

pub(super) fn group(group: &mut Group, errors: &mut Errors) {
    values(&mut group.options, errors);
    completions(group, errors);
    only_with_return_exceptions(&group.options, errors);
    let question = |member: &crate::ast::Member| {
        // A member without a value may be about to get its `?`.
        member.question.is_some() || member.state == State::Hidden
    };
    if !group.members.iter().any(question) {
        without_question(&mut group.options, errors);
    }
}

fn values(options: &mut Options, errors: &mut Errors) {
    drop_if(&mut options.limit, errors, limit);
    drop_if(&mut options.timeout, errors, |value| Some(timeout(value)));
    drop_if(&mut options.until, errors, |value| Some(until(value)));
    spawn(options, errors);
    needs_tokio(options, errors);
    let kept = |word: &proc_macro2::Ident| {
        let valued = [&options.limit, &options.timeout, &options.until];
        valued.iter().any(|option| option.as_ref().is_some_and(|it| it.word == *word))
            || options.spawn.as_ref().is_some_and(|(it, value)| value.is_some() && it == word)
    };
    let order = options.order.clone();
    options.order = order.into_iter().filter(kept).collect();
}

/// `as_completed` and `in_order` need a group that is one list.
fn completions(group: &mut Group, errors: &mut Errors) {
    let Some(word) = group.options.completions.as_ref().filter(|_| group.one_list().is_none()) else { return };
    // A misspelled word was reported, and that is enough.
    if find(Macro::Gather, &word.to_string()).is_none() {
        return;
    }
    let message = format!(
        "`{word}` is for a group that is one list, without a name and on its own: write `gather!(*list; {word})`, and give other members a group of their own"
    );
    errors.at(word.span(), message);
    // If its value is a list without `*`, the message above says what it lacks, and rustc need not.
    if let [member] = group.members.as_mut_slice()
        && member.star.is_none()
        && member.state == State::Good
    {
        member.state = State::Rejected;
    }
}

/// Without tokio there are no tasks and no clock.
fn needs_tokio(options: &mut Options, errors: &mut Errors) {
    if cfg!(feature = "tokio") {
        return;
    }
    if let Some((word, _)) = options.spawn.take() {
        errors.at(word.span(), "`spawn` needs tokio: turn on the feature `tokio` of `gather`");
    }
    if let Some(timeout) = options.timeout.take() {
        let advice = "turn on the feature `tokio` of `gather`, or write `until = your_timer`";
        errors.at(timeout.word.span(), format!("`timeout` needs tokio's clock: {advice}"));
    }
}

/// Takes out an option whose value cannot be right.
fn drop_if(option: &mut Option<Valued>, errors: &mut Errors, mistake: fn(&Literal) -> Option<String>) {
    let Some(valued) = option else { return };
    if let Some(message) = literal(&valued.value).and_then(|literal| mistake(&literal)) {
        errors.push(syn::Error::new_spanned(&valued.value, message));
        *option = None;
    }
}

fn spawn(options: &mut Options, errors: &mut Errors) {
    let Some((_, slot @ Some(_))) = &mut options.spawn else {
        return;
    };
    let Some((value, literal)) = slot.as_ref().and_then(|value| Some((value, literal(value)?))) else {
        return;
    };
    let off = matches!(&literal.lit, Lit::Bool(on) if !on.value);
    let message = if off {
        "a group without `spawn` is not spawned: remove `spawn = false`"
    } else {
        "`spawn` takes a runtime handle or nothing: write `spawn` alone"
    };
    errors.push(syn::Error::new_spanned(value, message));
    *slot = None;
    if off {
        options.spawn = None;
    }
}

fn only_with_return_exceptions(options: &Options, errors: &mut Errors) {
    if matches!(options.policy, Some((Policy::ReturnExceptions, _))) {
        return;
    }
    // Their values are kept, so that nothing they use is reported as unused; and of a misspelled word no more is said.
    if let Some(timeout) = options.timeout.as_ref().filter(|it| it.word == "timeout") {
        errors.at(
            timeout.word.span(),
            "`timeout` works only with `return_exceptions`: add that, or wrap the group: `tokio::time::timeout(d, gather! { .. }).await`",
        );
    }
    if let Some(until) = options.until.as_ref().filter(|it| it.word == "until") {
        errors.at(
            until.word.span(),
            "`until` works only with `return_exceptions`: add that, or race the group against the future with `tokio::select!`",
        );
    }
}

/// The policies stay: they decide the type of the group, and without them the code around it would not fit.
fn without_question(options: &mut Options, errors: &mut Errors) {
    if let Some(error) = options.error.take()
        && error.word == "error"
    {
        errors.at(
            error.word.span(),
            "`error` is the type that errors of `?` members are converted to, and no member has a `?`: write one after a member, or remove `error`",
        );
    }
    let (what, word) = match &options.policy {
        Some((Policy::AllErrors, word)) => ("all errors", word),
        Some((Policy::NameErrors, word)) => ("the first error", word),
        Some((Policy::ReturnExceptions, _)) | None => return,
    };
    if find(Macro::Gather, &word.to_string()).is_none() {
        return;
    }
    errors.at(
        word.span(),
        format!("`{word}` reports {what} of the `?` members, and no member has a `?`: write one after a member, or remove `{word}`"),
    );
}
