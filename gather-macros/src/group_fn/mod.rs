//! `#[gather_group]`: tokens -> ast (`parse`), which `let`s run together (`stages`, from `facts` and `temporaries`),
//! every rule (`check`), tokens (`expand`).

mod ast;
mod check;
mod editor;
mod expand;
mod parse;
mod return_type;
mod stages;
mod temporaries;
#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;

use crate::errors::Errors;
use crate::parse::fragments;
use crate::reader::Reader;

/// The fn made concurrent; where anything is wrong, the item as it was written and every mistake after it. An editor gets
/// that in any case: it says the same of every word in it.
pub(crate) fn group_fn(arguments: TokenStream, item: &TokenStream, reader: Reader) -> TokenStream {
    let item = &fragments::of_rust(item.clone());
    let mut errors = Errors::default();
    let typed = arguments.clone();
    let arguments = parse::arguments(arguments, &mut errors);
    let parsed = parse::item(item);
    let staged = stages::of(&parsed);
    check::all(&arguments, &parsed, &staged, &mut errors);
    let refused_anyway = stages::members(&staged).any(|member| !member.facts.lost_jumps.is_empty());
    match &parsed {
        _ if reader == Reader::Editor => editor::as_typed(item, typed, errors),
        ast::Item::Function(function) if errors.is_empty() && !refused_anyway => {
            expand::function(function, &staged, &arguments)
        }
        _ => expand::as_written(item, errors),
    }
}
