//! The struct layout: `Page { user: f(), ads, ..base }` as the whole call.

use super::tokens::{Grammar, at_end, at_separator, read, take_to};
use super::value::{self, MemberValue};
use super::{member, name, options};
use crate::ast::{Base, Group, Layout, Member, Name, State, Value};
use crate::errors::Errors;
use proc_macro2::{TokenStream, TokenTree};
use syn::ext::IdentExt as _;
use syn::parse::{ParseBuffer, ParseStream};
use syn::{Expr, ExprPath, Ident, Path, Token, token};

/// Opens the braces, if a path and they are all there is before the `;`. Keywords such as `async` are no path.
pub(super) fn open<'a>(input: &ParseBuffer<'a>) -> Option<(TokenStream, ParseBuffer<'a>)> {
    let ahead = input.fork();
    ahead.parse::<Path>().ok()?;
    let end_of_path = ahead.cursor();
    if !ahead.peek(token::Brace) {
        return None;
    }
    ahead.parse::<TokenTree>().ok()?;
    let comma = ahead.parse::<Token![,]>().is_ok();
    let whole = at_end(&ahead) || (comma && options::among_members(&ahead, true));
    if !whole {
        return None;
    }
    let path = take_to(input, end_of_path).into_iter().collect();
    Some((path, braces(input).ok()?))
}

/// Reports a path that is one of a type only.
pub(super) fn is_sound(path: &TokenStream, errors: &mut Errors) -> bool {
    if read::<Path>(path, errors).is_none() {
        return false;
    }
    let text = path.to_string();
    if matches!(text.as_str(), "crate" | "self" | "super") {
        errors.push(syn::Error::new_spanned(
            path,
            format!("`{text}` is a module and no struct: write the struct's name"),
        ));
        return false;
    }
    let expr = syn::parse2::<ExprPath>(path.clone());
    expr.map_err(|error| errors.at(error.span(), "write `::` before this `<`, as in `Page::<u8> { .. }`")).is_ok()
}

fn braces<'a>(input: &ParseBuffer<'a>) -> syn::Result<ParseBuffer<'a>> {
    let content;
    syn::braced!(content in input);
    Ok(content)
}

/// Options belong behind the braces; inside them they are read all the same.
pub(super) fn end(content: ParseStream<'_>, group: &mut Group, errors: &mut Errors) {
    let span = content.span();
    if content.parse::<Token![;]>().is_ok() {
        errors.at(span, "options follow the struct, not its fields: move this `;` and what follows it behind the `}`");
        options::after_semicolon(content, group, errors);
    }
}

/// Reads one field: at least one token.
pub(super) fn field(input: ParseStream<'_>, errors: &mut Errors) -> Member {
    member::attributes(input, errors);
    member::visibility(input, errors);
    member::named(input, Grammar::Fields, errors).unwrap_or_else(|| unsigned(input, errors))
}

/// A field without `:`. A variable's name alone is both the field and its value.
fn unsigned(input: ParseStream<'_>, errors: &mut Errors) -> Member {
    let glue = input.span();
    if input.peek(Ident::peek_any) && !input.peek(Token![_]) {
        let after = input.fork();
        let _ = after.parse::<TokenTree>();
        if at_separator(&after) {
            return shorthand(input, errors);
        }
        let expr = input.fork();
        let alone = expr.parse::<Expr>().is_err() || expr.cursor() == after.cursor();
        if alone && after.fork().parse::<Expr>().is_ok() {
            let name = name::name(input, errors);
            errors.at(input.span(), format!("missing `:` after the field `{}`", name::shown(&name)));
            return member::after_sign(input, Grammar::Fields, name, glue, errors);
        }
    }
    let mut value = value::value(input, Grammar::Fields, errors);
    if value.state == State::Good {
        errors.push(syn::Error::new_spanned(&value.value, "this field has no name: write `name: ..`"));
    }
    value.state = State::Hidden;
    member::made(Some(Name::Ignored(glue)), glue, None, None, value)
}

fn shorthand(input: ParseStream<'_>, errors: &mut Errors) -> Member {
    let glue = input.span();
    let name = name::name(input, errors);
    let value = match &name {
        Name::Ident(ident) => Value::variable(ident),
        Name::Ignored(_) | Name::Index(..) => Value::default(),
    };
    let value = MemberValue { value, question: None, state: State::Good };
    Member { shorthand: true, ..member::made(Some(name), glue, None, None, value) }
}

/// Reads `..base`.
pub(super) fn base(input: ParseStream<'_>, group: &mut Group, errors: &mut Errors) {
    let span = input.span();
    let _ = input.parse::<Token![..]>();
    if at_separator(input) {
        errors.at(
            span,
            "nothing stands after this `..`: write the value that the other fields come from, as in `..base`",
        );
        return;
    }
    let read = value::expression(input, Grammar::Fields, errors);
    let Layout::Struct { bases, .. } = &mut group.layout else {
        return;
    };
    let ahead = input.fork();
    let _ = ahead.parse::<Option<Token![,]>>();
    let is_last = at_end(&ahead) || ahead.peek(Token![..]);
    let value = read.expr.is_some().then(|| read.tokens.into_iter().collect());
    bases.push(Base { dots: span, value, is_last });
}
