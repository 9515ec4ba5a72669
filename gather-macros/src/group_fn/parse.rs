//! Tokens -> ast. Nothing here decides whether the attribute may stand where it stands.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::ext::IdentExt as _;
use syn::parse::discouraged::Speculative as _;
use syn::parse::{ParseStream, Parser as _};
use syn::{Attribute, Block, Expr, LitStr, Path, Signature, Token, Visibility, token};

use super::ast::{Arguments, Function, Item};
use crate::ast::Value;
use crate::errors::Errors;
use crate::options::{self, Macro, OptionRow, Slot, Takes};
use crate::parse::tokens;

pub(super) fn arguments(tokens: TokenStream, errors: &mut Errors) -> Arguments {
    let mut arguments = Arguments { words: Vec::new(), limit: None, poll_all: false, krate: quote!(::gather) };
    let parser = |input: ParseStream<'_>| {
        while !input.is_empty() {
            if let Err(error) = argument(input, &mut arguments) {
                errors.extend(error);
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

/// Reads one argument, up to the `,` after it. The error is `None` for a word that is no argument: what follows it is passed over.
fn argument(input: ParseStream<'_>, arguments: &mut Arguments) -> Result<(), Option<syn::Error>> {
    let Ok(word) = input.call(Ident::parse_any) else {
        return Err(Some(input.error("expected an argument: `limit = n`, `poll_all` or `crate = path`")));
    };
    arguments.words.push(word.clone());
    let row = options::find(Macro::GatherGroup, &word.to_string()).ok_or(None)?;
    if row.takes == Takes::Nothing {
        if input.peek(Token![=]) {
            return Err(Some(input.error(row.wrong_value(&word))));
        }
    } else if input.parse::<Token![=]>().is_err() || input.is_empty() || input.peek(Token![,]) {
        return Err(Some(syn::Error::new(word.span(), row.wrong_value(&word))));
    }
    match row.slot {
        Slot::PollAll => arguments.poll_all = true,
        Slot::Crate => arguments.krate = crate_path(input)?.into_token_stream(),
        _ => arguments.limit = Some(expression(input, &word, row)?),
    }
    at_comma(input)?;
    Ok(())
}

fn expression(input: ParseStream<'_>, word: &Ident, row: &OptionRow) -> syn::Result<Value> {
    let ahead = input.fork();
    if ahead.parse::<Expr>().is_err() {
        let written = tokens::rest(input);
        return Err(syn::Error::new_spanned(
            &written,
            format!("`{word}` takes an expression: write `{}`", row.example),
        ));
    }
    let tokens: TokenStream = tokens::take_to(input, ahead.cursor()).into_iter().collect();
    let expr = syn::parse2(tokens.clone())?;
    Ok(Value { tokens, expr: Some(expr) })
}

fn at_comma(input: ParseStream<'_>) -> syn::Result<()> {
    if input.is_empty() || input.peek(Token![,]) {
        Ok(())
    } else {
        Err(input.error("expected `,` after the argument before this"))
    }
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

/// Looks past `const async unsafe extern "C"` for the `fn`; where something else follows, this is no fn.
fn other_item(input: ParseStream<'_>) -> Option<Item> {
    let ahead = input.fork();
    let first = ahead.fork().parse().ok();
    while !ahead.peek(Token![fn]) {
        if ahead.is_empty() {
            return Some(Item::HalfTyped);
        }
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
