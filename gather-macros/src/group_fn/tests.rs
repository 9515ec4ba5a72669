//! Which `let`s are grouped, what counts as a use, and what each mistake says and points at.

mod expansions;
mod mistakes;
mod stages;
mod uses;

use super::{ast, check, parse, stages as staged};
use crate::errors::Errors;
use proc_macro2::TokenStream;

fn tokens(source: &str) -> TokenStream {
    source.parse().expect("the test source is made of tokens")
}

/// The stages of `async fn f() -> Result<()> { body }`, with a `;` for each statement between them.
fn stages_of(body: &str) -> String {
    stages_in(&format!("async fn f(api: &Api) -> Result<()> {{ {body} Ok(()) }}"))
}

fn stages_in(item: &str) -> String {
    let item = parse::item(&tokens(item));
    assert!(matches!(item, ast::Item::Function(_)), "the test source is an async fn");
    let mut shown: Vec<String> = Vec::new();
    for step in staged::of(&item) {
        match step {
            staged::Step::Barrier(_) => shown.push(";".to_owned()),
            stage @ staged::Step::Stage(_) => shown.push(staged::shown(&[stage])),
        }
    }
    // The tail expression.
    if shown.last().is_some_and(|last| last == ";") {
        shown.pop();
    }
    shown.join(" ")
}

/// What is wrong with `#[gather_group(arguments)] item`: `(place, message)`.
fn mistakes_of(arguments: &str, item: &str) -> Vec<(String, String)> {
    let mut errors = Errors::default();
    let arguments = parse::arguments(tokens(arguments), &mut errors);
    let item = parse::item(&tokens(item));
    check::all(&arguments, &item, &staged::of(&item), &mut errors);
    let errors = errors.into_list();
    errors.into_iter().map(|error| (error.span().source_text().unwrap_or_default(), error.to_string())).collect()
}
