//! Names: those that a pattern binds, and those that tokens mention.

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::ext::IdentExt as _;
use syn::{Lit, LitStr, Pat};

/// `a` and `r#a` are one name.
pub(crate) fn name(ident: &Ident) -> String {
    ident.unraw().to_string()
}

/// Adds what `pat` binds. `false` where it holds what only rustc can read, such as a macro call.
pub(crate) fn bound(pat: &Pat, names: &mut Vec<Ident>) -> bool {
    let mut all = |pats: &mut dyn Iterator<Item = &Pat>| {
        let mut known = true;
        pats.for_each(|pat| known &= bound(pat, names));
        known
    };
    match pat {
        Pat::Ident(pat) => {
            names.push(pat.ident.clone());
            pat.subpat.as_ref().is_none_or(|(_, pat)| bound(pat, names))
        }
        Pat::Guard(pat) => bound(&pat.pat, names),
        Pat::Paren(pat) => bound(&pat.pat, names),
        Pat::Reference(pat) => bound(&pat.pat, names),
        Pat::Type(pat) => bound(&pat.pat, names),
        Pat::Or(pat) => all(&mut pat.cases.iter()),
        Pat::Slice(pat) => all(&mut pat.elems.iter()),
        Pat::Tuple(pat) => all(&mut pat.elems.iter()),
        Pat::TupleStruct(pat) => all(&mut pat.elems.iter()),
        Pat::Struct(pat) => all(&mut pat.fields.iter().map(|field| &*field.pat)),
        Pat::Macro(_) | Pat::Verbatim(_) => false,
        _ => true,
    }
}

/// Calls `found` for each name in `tokens`, which nobody but the macro they are given to can read: each identifier that may
/// be a variable, and what the strings capture.
pub(crate) fn mentioned(tokens: TokenStream, found: &mut dyn FnMut(String)) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let punct = |i: Option<usize>, char: char| {
        let token = i.and_then(|i| tokens.get(i));
        matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == char)
    };
    for (i, token) in tokens.iter().enumerate() {
        let before = |back: usize| i.checked_sub(back);
        match token {
            TokenTree::Ident(ident) => {
                let field = punct(before(1), '.') && !punct(before(2), '.');
                let in_path = punct(before(1), ':') && punct(before(2), ':')
                    || punct(Some(i + 1), ':') && punct(Some(i + 2), ':');
                if !field && !in_path {
                    found(name(ident));
                }
            }
            TokenTree::Group(group) => mentioned(group.stream(), found),
            TokenTree::Literal(literal) => {
                if let Lit::Str(text) = Lit::new(literal.clone()) {
                    captured(&text, found);
                }
            }
            TokenTree::Punct(_) => {}
        }
    }
}

/// The names that a format string captures: `"{user} {total:>width$.digits$}"`.
fn captured(text: &LitStr, found: &mut dyn FnMut(String)) {
    let text = text.value();
    let mut rest = text.as_str();
    while let Some(open) = rest.find('{') {
        rest = &rest[open + 1..];
        if let Some(after) = rest.strip_prefix('{') {
            rest = after;
            continue;
        }
        let Some(close) = rest.find('}') else { return };
        let (argument, format) = rest[..close].split_once(':').unwrap_or((&rest[..close], ""));
        identifier(argument, found);
        // `width$` and `.digits$`
        for before_dollar in format.split('$').rev().skip(1) {
            let start = before_dollar
                .rfind(|c: char| !is_identifier_char(c))
                .map_or(0, |last| last + before_dollar[last..].chars().next().map_or(0, char::len_utf8));
            // `{total:0width$}`: the zero is a flag.
            identifier(before_dollar[start..].trim_start_matches('0'), found);
        }
        rest = &rest[close + 1..];
    }
}

fn identifier(text: &str, found: &mut dyn FnMut(String)) {
    let text = text.trim();
    let text = text.strip_prefix("r#").unwrap_or(text);
    let starts = text.chars().next().is_some_and(|c| c == '_' || c.is_alphabetic());
    if starts && text.chars().all(is_identifier_char) {
        found(text.to_owned());
    }
}

fn is_identifier_char(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}
