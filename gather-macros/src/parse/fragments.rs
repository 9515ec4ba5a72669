//! Fragments of `macro_rules`: what came in as `$f:expr` is one expression, whatever is in it.
//!
//! Such a fragment has invisible brackets. syn looks through them, and rustc drops those that a procedural macro gives back:
//! with `$f` a closure, `$f(1)` would become a closure whose body calls, and a `*` at the start of a fragment would unpack. So
//! a fragment that would be taken apart gets parentheses instead.

use super::tokens::is_mark;
use crate::options;
use crate::span::at;
use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};
use syn::{Expr, ExprPath};

/// The tokens of a call, where the grammar of `gather!` looks at the start of each member.
pub(super) fn of_call(tokens: TokenStream) -> TokenStream {
    if has_fragments(&tokens) { held(tokens, Section::Members) } else { tokens }
}

/// Tokens that are Rust.
pub(crate) fn of_rust(tokens: TokenStream) -> TokenStream {
    if has_fragments(&tokens) { held(tokens, Section::Rust) } else { tokens }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Members,
    Options,
    Rust,
}

fn has_fragments(tokens: &TokenStream) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::None || has_fragments(&group.stream()),
        _ => false,
    })
}

fn held(tokens: TokenStream, mut section: Section) -> TokenStream {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut all = Vec::with_capacity(tokens.len());
    for (i, token) in tokens.iter().enumerate() {
        if section == Section::Members && is_mark(token, ";") {
            section = Section::Options;
        }
        let TokenTree::Group(group) = token else {
            all.push(token.clone());
            continue;
        };
        let inner = held(group.stream(), Section::Rust);
        if group.delimiter() == Delimiter::None && section == Section::Members && is_alone(&inner, &tokens[i + 1..]) {
            // Without them what is wrong with it is reported where it was written.
            all.extend(inner);
            continue;
        }
        let apart =
            group.delimiter() == Delimiter::None && is_taken_apart(&inner, &tokens[..i], &tokens[i + 1..], section);
        let delimiter = if apart { Delimiter::Parenthesis } else { group.delimiter() };
        let place = inner.clone().into_iter().next().map_or(group.span(), |first| first.span());
        let mut rebuilt = Group::new(delimiter, inner);
        // With the macro's hygiene: nobody wrote these parentheses, so there is no lint against them.
        rebuilt.set_span(if apart { at(place) } else { group.span() });
        all.push(rebuilt.into());
    }
    all.into_iter().collect()
}

/// How much an expression holds together without brackets.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Hold {
    /// Whatever stands beside it.
    Fast,
    /// Unless a call, a field or a `?` follows it, as `-1`.
    Prefix,
    /// Only alone.
    Loose,
}

fn is_taken_apart(fragment: &TokenStream, before: &[TokenTree], after: &[TokenTree], section: Section) -> bool {
    // A type, a pattern or a statement, or an expression that the macro would not take apart.
    let Ok(expr) = syn::parse2::<Expr>(fragment.clone()) else { return false };
    if section == Section::Members && begins_a_member(&expr, after.first()) {
        return true;
    }
    let postfix = after.first().is_some_and(is_postfix);
    match hold(&expr) {
        Hold::Fast => false,
        Hold::Prefix => postfix,
        Hold::Loose => postfix || operator_before(before) || operator_after(after),
    }
}

/// A member that means the same without brackets.
fn is_alone(fragment: &TokenStream, after: &[TokenTree]) -> bool {
    let ends = after.first().is_none_or(|after| is_mark(after, ",;?"));
    let expr = syn::parse2::<Expr>(fragment.clone());
    ends && match expr {
        Ok(Expr::Try(_) | Expr::Await(_) | Expr::Struct(_)) | Err(_) => false,
        Ok(Expr::Path(path)) => !is_option(&path),
        Ok(expr) => hold(&expr) == Hold::Fast,
    }
}

/// Does it begin with what means something at the start of a member?
fn begins_a_member(expr: &Expr, after: Option<&TokenTree>) -> bool {
    match expr {
        Expr::Unary(_) | Expr::Struct(_) | Expr::Assign(_) | Expr::Range(_) => true,
        // The name of a member is none.
        Expr::Path(path) if after.is_none_or(|after| is_mark(after, ",") || is_mark(after, ";")) => is_option(path),
        Expr::Reference(_) | Expr::Path(_) => false,
        expr => hold(expr) == Hold::Loose,
    }
}

fn is_option(path: &ExprPath) -> bool {
    path.path.get_ident().is_some_and(|word| options::find(options::Macro::Gather, &word.to_string()).is_some())
}

fn hold(expr: &Expr) -> Hold {
    match expr {
        Expr::Array(_)
        | Expr::Await(_)
        | Expr::Block(_)
        | Expr::Call(_)
        | Expr::Field(_)
        | Expr::Group(_)
        | Expr::Index(_)
        | Expr::Lit(_)
        | Expr::Macro(_)
        | Expr::MethodCall(_)
        | Expr::Paren(_)
        | Expr::Path(_)
        | Expr::Repeat(_)
        | Expr::Struct(_)
        | Expr::Try(_)
        | Expr::Tuple(_) => Hold::Fast,
        Expr::RawAddr(_) | Expr::Reference(_) | Expr::Unary(_) => Hold::Prefix,
        _ => Hold::Loose,
    }
}

fn is_postfix(token: &TokenTree) -> bool {
    match token {
        TokenTree::Group(group) => matches!(group.delimiter(), Delimiter::Parenthesis | Delimiter::Bracket),
        token => is_mark(token, ".?"),
    }
}

fn operator_before(before: &[TokenTree]) -> bool {
    let joint = |chars: &str| {
        let one_before = before.iter().rev().nth(1);
        matches!(one_before, Some(TokenTree::Punct(mark)) if mark.spacing() == Spacing::Joint && chars.contains(mark.as_char()))
    };
    match before.last() {
        // `x = $e` needs nothing, `x == $e` does.
        Some(token) if is_mark(token, "=") => joint("=<>!"),
        Some(token) if is_mark(token, ">") => !joint("=-"),
        Some(token) => is_mark(token, OPERATORS),
        None => false,
    }
}

fn operator_after(after: &[TokenTree]) -> bool {
    match after {
        [TokenTree::Ident(word), ..] => word == "as",
        [first, second, ..] if is_mark(first, "=") => is_mark(second, "="),
        [first, ..] => is_mark(first, OPERATORS),
        [] => false,
    }
}

const OPERATORS: &str = "+-*/%^!&|<>.";
