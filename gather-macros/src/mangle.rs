//! Calls and fns out of the documentation, mangled, and what has to be true of what becomes of anything at all.

use std::collections::HashSet;
use std::path::Path;

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::quote;

use crate::expand;
use crate::group_fn::group_fn;
use crate::reader::Reader;

/// Right calls of `gather!` and right fns with `#[gather_group]`, as their tokens.
pub struct Corpus {
    /// What stands between the brackets.
    pub calls: Vec<TokenStream>,
    /// Each with the arguments of the attribute.
    pub fns: Vec<(TokenStream, TokenStream)>,
}

impl Corpus {
    /// # Panics
    ///
    /// Where the workspace is not there.
    pub fn of_documentation() -> Self {
        let mut corpus = Self { calls: Vec::new(), fns: Vec::new() };
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().find(|folder| folder.join("docs").is_dir());
        let root = root.expect("the documentation is in the workspace");
        let guide = std::fs::read_dir(root.join("docs/guide")).expect("the guide is in the workspace");
        let chapters = guide.filter_map(|entry| Some(entry.ok()?.path()));
        let pages = ["README.md", "docs/gather.md", "docs/gather_group.md"].map(|file| root.join(file));
        for page in pages.into_iter().chain(chapters) {
            let text = std::fs::read_to_string(page).expect("a page of the documentation");
            for block in text.split("```rust").skip(1) {
                let code = block.split("```").next().unwrap_or_default().trim_start_matches(",fragment");
                if let Ok(tokens) = code.parse() {
                    corpus.collect(tokens);
                }
            }
        }
        let examples = std::fs::read_dir(root.join("examples")).expect("the examples are in the workspace");
        let programs = examples.filter_map(|entry| Some(entry.ok()?.path()));
        let programs = programs.filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
        for example in programs.filter_map(|path| std::fs::read_to_string(path).ok()) {
            corpus.collect(example.parse().expect("an example is made of tokens"));
        }
        for call in CALLS {
            corpus.calls.extend(call.parse::<TokenStream>());
        }
        let mut seen = HashSet::new();
        corpus.calls.retain(|call| seen.insert(call.to_string()));
        corpus
    }

    fn collect(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for (i, token) in tokens.iter().enumerate() {
            match &tokens[i..] {
                [name, mark, TokenTree::Group(call), ..] if is(name, "gather") && is(mark, "!") => {
                    self.calls.push(call.stream());
                }
                [mark, TokenTree::Group(attribute), item @ ..] if is(mark, "#") => self.attribute(attribute, item),
                _ => {}
            }
            if let TokenTree::Group(group) = token {
                self.collect(group.stream());
            }
        }
    }

    fn attribute(&mut self, attribute: &Group, item: &[TokenTree]) {
        let mut inside = attribute.stream().into_iter();
        if !inside.next().is_some_and(|name| is(&name, "gather_group")) {
            return;
        }
        let arguments = match inside.next() {
            Some(TokenTree::Group(arguments)) => arguments.stream(),
            _ => TokenStream::new(),
        };
        let is_body = |token: &TokenTree| matches!(token, TokenTree::Group(g) if g.delimiter() == Delimiter::Brace);
        let length = item.iter().position(is_body).map_or(item.len(), |body| body + 1);
        self.fns.push((arguments, item[..length].iter().cloned().collect()));
    }
}

fn is(token: &TokenTree, text: &str) -> bool {
    token.to_string() == text
}

/// What the documentation has no example of.
const CALLS: &[&str] = &[
    "a => f()?; all_errors, error = Box<dyn Error + Send>, limit = n(), spawn = handle.clone(),",
    "a => f(), b => async move |a: &u8| { g(a).await? }?, c => *move |a, b| h(a, b)?; name_errors",
    "r#type => f(), _ => g(), 0 => h()",
    "pages::Page::<u8>::Full { a: f(), 1: *g()?, b, ..base() }; return_exceptions, until = x, timeout = d",
    "(f()?), (Page { a }), async { 1 }, match x { _ => y }, if a { b } else { c }, |a| a, [f()], vec![g()]",
];

/// What is put in.
const PIECES: &str = "a b type self _ r#a => = : :: -> , ; * | || async move ? . .. ..= .await return fn let () (a) {} {a => b} \
    [] 1 0 1.0 \"s\" 'a 'c' # ! & && + < > limit spawn return_exceptions error = T Page { if else match { vec! == |a| |a, b: T| \
    -> u8 x. - true ref mut @ $ $crate unsafe const crate until timeout name_errors all_errors \"{}\" b\"\" 1u8 \
    gather!(a => f()) #[cfg(x)] //! 3 dyn for 0xff ..";

fn piece(choose: &mut dyn FnMut(usize) -> usize) -> TokenTree {
    let pieces: Vec<&str> = PIECES.split_whitespace().collect();
    let lexed = pieces[choose(pieces.len())].parse::<TokenStream>();
    let mut tokens = lexed.into_iter().flatten().collect::<Vec<TokenTree>>();
    if tokens.is_empty() { glued(choose) } else { tokens.swap_remove(choose(tokens.len())) }
}

/// Changes `tokens` as `choose` says, which gets a number of possibilities and yields one of them.
pub fn mangled(tokens: TokenStream, choose: &mut dyn FnMut(usize) -> usize) -> TokenStream {
    let mut tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let groups: Vec<usize> =
        (0..tokens.len()).filter(|&i| matches!(&tokens[i], TokenTree::Group(g) if !g.stream().is_empty())).collect();
    if !groups.is_empty() && choose(3) > 0 {
        let i = groups[choose(groups.len())];
        if let TokenTree::Group(group) = &tokens[i] {
            tokens[i] = Group::new(group.delimiter(), mangled(group.stream(), choose)).into();
        }
        return tokens.into_iter().collect();
    }
    let piece = piece(choose);
    let at = choose(tokens.len() + 1);
    let here = at.min(tokens.len().saturating_sub(1));
    let other = choose(tokens.len().max(1));
    match choose(10) {
        _ if tokens.is_empty() => tokens.push(piece),
        0 => tokens.truncate(at),
        1 => drop(tokens.drain(..here)),
        2 => drop(tokens.remove(here)),
        3 => tokens.insert(at, tokens[here].clone()),
        4 => tokens.swap(here, other),
        5 => tokens.insert(at, piece),
        6 => tokens[here] = piece,
        7 => tokens.insert(at, tokens[other].clone()),
        8 => {
            let rest = tokens.split_off(at);
            tokens.extend([glued(choose), piece]);
            tokens.extend(rest);
        }
        _ => {
            let last = here.max(other);
            let inner = tokens.drain(here.min(other)..=last).collect();
            let delimiters = [Delimiter::Parenthesis, Delimiter::Brace, Delimiter::Bracket, Delimiter::None];
            tokens.insert(here.min(other), Group::new(delimiters[choose(4)], inner).into());
        }
    }
    tokens.into_iter().collect()
}

fn glued(choose: &mut dyn FnMut(usize) -> usize) -> TokenTree {
    match choose(3) {
        0 => Punct::new(['=', ':', '.', '|', '-', '&'][choose(6)], Spacing::Joint).into(),
        1 => Ident::new(["a", "b", "limit", "async"][choose(4)], Span::call_site()).into(),
        _ => Literal::usize_suffixed(choose(3)).into(),
    }
}

/// Whatever the call, it becomes an expression, and errors that stand on something in it.
///
/// # Panics
///
/// If not.
pub fn call_expands(tokens: &TokenStream) {
    // So that every token has a place of its own.
    let source = tokens.to_string();
    let Some(tokens) = placed(&source) else { return };
    for reader in [Reader::Compiler, Reader::Editor] {
        let expansion = expand::call(tokens.clone(), &quote!(::gather), reader);
        is_sound(&expansion, &source);
        if reader == Reader::Compiler
            && let Err(error) = syn::parse2::<syn::Expr>(expansion)
        {
            panic!("{error}: {source}");
        }
    }
}

/// Whatever the fn, it becomes one, or stays what it is, with errors that stand on something in it.
///
/// # Panics
///
/// If not.
pub fn fn_expands(arguments: &TokenStream, item: &TokenStream) {
    // In one piece, so that places do not overlap.
    let source = format!("({arguments}) {item}");
    let Some(whole) = placed(&source) else { return };
    let mut whole = whole.into_iter();
    let Some(TokenTree::Group(arguments)) = whole.next() else { return };
    let item: TokenStream = whole.collect();
    if item.is_empty() {
        return;
    }
    for reader in [Reader::Compiler, Reader::Editor] {
        let expansion = group_fn(arguments.stream(), &item, reader);
        is_sound(&expansion, &source);
        let was_item = syn::parse2::<syn::Item>(item.clone()).is_ok();
        if reader == Reader::Compiler
            && was_item
            && let Err(error) = syn::parse2::<syn::File>(expansion)
        {
            panic!("{error}: {source}");
        }
    }
}

/// The tokens of `source`, and of nothing before it.
fn placed(source: &str) -> Option<TokenStream> {
    proc_macro2::extra::invalidate_current_thread_spans();
    source.parse().ok()
}

/// `compile_error!` has the place of what it is about; and what is made of tokens lexes, but for a tick without its name.
fn is_sound(expansion: &TokenStream, source: &str) {
    let mut tokens = expansion.clone().into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Group(group) => is_sound(&group.stream(), source),
            TokenTree::Punct(mark) if mark.as_char() == '\'' => {
                let named = matches!(tokens.peek(), Some(TokenTree::Ident(_))) && mark.spacing() == Spacing::Joint;
                assert!(named, "a tick without a name: {source}\n{expansion}");
            }
            TokenTree::Ident(word) if word == "compile_error" => {
                let place = word.span().byte_range();
                let inside = !place.is_empty() && place.end <= source.len();
                // A fuzzer's proc-macro2 keeps no places.
                assert!(inside || source.trim().is_empty() || cfg!(fuzzing), "an error nowhere: {source}\n{expansion}");
            }
            _ => {}
        }
    }
}
