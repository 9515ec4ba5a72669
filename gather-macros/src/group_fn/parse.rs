//! Tokens -> ast. Nothing here decides whether the attribute may stand where it stands.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::ext::IdentExt as _;
use syn::parse::discouraged::Speculative as _;
use syn::parse::{ParseStream, Parser as _};
use syn::{Attribute, Block, Expr, LitStr, Path, Signature, Token, Visibility, token};

use super::ast::{Arguments, Function, Item};
use crate::ast::Errors;
use crate::options::{closest, listed};
use crate::parse::value;

/// One argument of the attribute.
pub(super) struct Row {
    pub(super) word: &'static str,
    /// The argument as it is written when it is right.
    pub(super) example: &'static str,
    pub(super) docs: &'static str,
}

pub(super) const ARGUMENTS: &[Row] = &[
    Row {
        word: "limit",
        example: "limit = 8",
        docs: "At most this many members of a stage are in progress at once; evaluated when the fn begins.",
    },
    Row {
        word: "poll_all",
        example: "poll_all",
        docs: "Every poll polls all unfinished members of a stage in order with the task's own waker, so that it is deterministic: for engines that replay.",
    },
    Row { word: "crate", example: "crate = ::gather", docs: "The path by which this library is reached." },
];

pub(super) fn arguments(tokens: TokenStream, errors: &mut Errors) -> Arguments {
    let mut arguments = Arguments { limit: None, poll_all: false, krate: quote!(::gather) };
    let parser = |input: ParseStream<'_>| {
        let mut seen = Vec::new();
        while !input.is_empty() {
            if let Err(error) = argument(input, &mut seen, &mut arguments, errors) {
                errors.push(error);
                while !input.is_empty() && !input.peek(Token![,]) {
                    input.parse::<proc_macro2::TokenTree>()?;
                }
            }
            input.parse::<Option<Token![,]>>()?;
        }
        Ok(())
    };
    if let Err(error) = parser.parse2(tokens) {
        errors.push(error);
    }
    arguments
}

/// Reads one argument, up to the `,` after it.
fn argument(
    input: ParseStream<'_>,
    seen: &mut Vec<String>,
    arguments: &mut Arguments,
    errors: &mut Errors,
) -> syn::Result<()> {
    let Ok(word) = input.call(Ident::parse_any) else {
        return Err(input.error("expected an argument: `limit = n`, `poll_all` or `crate = path`"));
    };
    let Row { word: name, example, .. } = known(&word)?;
    if seen.iter().any(|earlier| earlier == name) {
        errors.at(word.span(), format!("argument `{word}` is given twice: remove one"));
    }
    seen.push((*name).to_owned());
    if *name == "poll_all" {
        arguments.poll_all = true;
        if input.peek(Token![=]) {
            return Err(input.error("`poll_all` takes no value: write `poll_all` alone"));
        }
        return at_comma(input);
    }
    if input.parse::<Token![=]>().is_err() || input.is_empty() || input.peek(Token![,]) {
        return Err(syn::Error::new(word.span(), format!("`{word}` needs a value: write `{example}`")));
    }
    if *name == "limit" {
        let ahead = input.fork();
        if ahead.parse::<Expr>().is_err() {
            let written = value::rest(input);
            return Err(syn::Error::new_spanned(&written, format!("`{word}` takes an expression: write `{example}`")));
        }
        let tokens: TokenStream = value::take_to(input, ahead.cursor()).into_iter().collect();
        // What is too much inside brackets.
        syn::parse2::<Expr>(tokens.clone())?;
        arguments.limit = Some(tokens);
    } else {
        arguments.krate = crate_path(input)?.into_token_stream();
    }
    at_comma(input)
}

fn at_comma(input: ParseStream<'_>) -> syn::Result<()> {
    if input.is_empty() || input.peek(Token![,]) {
        Ok(())
    } else {
        Err(input.error("expected `,` after the argument before this"))
    }
}

fn known(word: &Ident) -> syn::Result<&'static Row> {
    let text = word.to_string();
    if let Some(row) = ARGUMENTS.iter().find(|row| row.word == text) {
        return Ok(row);
    }
    let names = ARGUMENTS.iter().map(|row| row.word);
    let advice = match closest(&text, names.clone()) {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("the arguments are {}", listed(names)),
    };
    Err(syn::Error::new(word.span(), format!("unknown argument `{text}`: {advice}")))
}

/// `::gather`, `crate::reexported`, or the same in quotes.
fn crate_path(input: ParseStream<'_>) -> syn::Result<Path> {
    let wrong = |place: &dyn ToTokens| {
        syn::Error::new_spanned(place, "`crate` takes the path of this library: write `crate = ::gather`")
    };
    if input.peek(LitStr) {
        let text = input.parse::<LitStr>()?;
        return text.parse_with(Path::parse_mod_style).map_err(|_| wrong(&text));
    }
    let next = input.fork().parse::<proc_macro2::TokenTree>().ok();
    input.call(Path::parse_mod_style).map_err(|_| wrong(&next))
}

pub(super) fn item(tokens: &TokenStream) -> Item {
    let parser = |input: ParseStream<'_>| {
        let item = parse_item(input);
        // Whatever follows is part of the item as written.
        input.parse::<TokenStream>()?;
        Ok(item)
    };
    parser.parse2(tokens.clone()).unwrap_or(Item::HalfTyped)
}

fn parse_item(input: ParseStream<'_>) -> Item {
    let Ok((attributes, visibility)) = head(input) else {
        return Item::HalfTyped;
    };
    if input.is_empty() {
        return Item::HalfTyped;
    }
    if let Some(other) = other_item(input) {
        return other;
    }
    let Ok(signature) = input.parse::<Signature>() else {
        return Item::HalfTyped;
    };
    if signature.asyncness.is_none() {
        return Item::NotAsync(signature.fn_token.span);
    }
    if let Ok(semicolon) = input.parse::<Token![;]>() {
        return Item::NoBody(semicolon.span);
    }
    let Ok(body) = input.parse::<proc_macro2::Group>() else {
        return Item::HalfTyped;
    };
    let content = |input: ParseStream<'_>| Ok((Attribute::parse_inner(input)?, Block::parse_within(input)?));
    match content.parse2(body.stream()) {
        Ok((inner, statements)) if input.is_empty() => {
            Item::Function(Box::new(Function { attributes, visibility, signature, body, inner, statements }))
        }
        _ => Item::HalfTyped,
    }
}

fn head(input: ParseStream<'_>) -> syn::Result<(Vec<Attribute>, Visibility)> {
    Ok((input.call(Attribute::parse_outer)?, input.parse()?))
}

/// Looks past `const async unsafe extern "C"` for the `fn`; where there is none, this is no fn.
fn other_item(input: ParseStream<'_>) -> Option<Item> {
    let ahead = input.fork();
    let first = ahead.fork().parse().ok();
    while !ahead.peek(Token![fn]) {
        let word = ahead.call(Ident::parse_any).ok();
        let leads_to_fn = word
            .is_some_and(|word| ["const", "async", "unsafe", "extern", "default"].contains(&word.to_string().as_str()));
        if !leads_to_fn || ahead.peek(token::Brace) {
            return Some(Item::Other(first));
        }
        let abi = ahead.fork();
        if abi.peek(LitStr) && abi.parse::<LitStr>().is_ok() {
            ahead.advance_to(&abi);
        }
    }
    None
}
