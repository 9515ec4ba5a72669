//! Where the tokens that the expansion adds point.
//!
//! rustc reports a mistake at the tokens it was made of, so these decide whether an error stands on the user's words.

use proc_macro2::{Delimiter, Group, Ident, Literal, Span, TokenStream, TokenTree};
use quote::quote;

/// The user's place with the macro's hygiene: errors point there, and no name of the user's is captured.
pub(crate) fn at(place: Span) -> Span {
    Span::mixed_site().located_at(place)
}

/// `(value)` and `{ value }` without the lints against them: the value becomes an argument, which its writer does not see.
pub(crate) fn unlinted(value: &TokenStream) -> TokenStream {
    let mut tokens = value.clone().into_iter();
    let (Some(TokenTree::Group(outer)), None) = (tokens.next(), tokens.next()) else { return value.clone() };
    let (inner, place) = match outer.delimiter() {
        Delimiter::Bracket => return value.clone(),
        Delimiter::None => (unlinted(&outer.stream()), outer.span()),
        Delimiter::Parenthesis | Delimiter::Brace => (outer.stream(), at(outer.span())),
    };
    let mut group = Group::new(outer.delimiter(), inner);
    group.set_span(place);
    TokenTree::Group(group).into()
}

/// The first and the last token of a value; `Span::join` is not stable.
#[derive(Clone, Copy)]
pub(crate) struct Ends {
    pub(crate) first: Span,
    pub(crate) last: Span,
}

impl Ends {
    pub(crate) fn of(tokens: &TokenStream, otherwise: Span) -> Self {
        let mut spans = tokens.clone().into_iter().map(|t| t.span());
        let first = spans.next().unwrap_or(otherwise);
        let last = spans.last().unwrap_or(first);
        Self { first: at(first), last: at(last) }
    }

    /// `head(args)`, an expression that reaches from the first token of the value to its last: rustc takes an expression's
    /// place from its first and its last token, which here are the head's and the parentheses'. The head alone reaches as
    /// far, since of a call with a mistake rustc labels the head as well, unless it stands just where the mistake does.
    pub(crate) fn call(self, head: &TokenStream, args: TokenStream) -> TokenStream {
        let head = self.respan(head);
        let mut parens = Group::new(Delimiter::Parenthesis, args);
        parens.set_span(self.last);
        quote!(#head #parens)
    }

    /// The same places with the hygiene of `path`, which begins with `$crate`: so it can be moved there as well. `None` where it
    /// does not, and is moved as it is.
    pub(crate) fn with_hygiene_of(self, path: &TokenStream) -> Option<Self> {
        let krate = path.clone().into_iter().next().filter(|token| token.to_string() == "$crate")?.span();
        Some(Self { first: self.first.resolved_at(krate), last: self.last.resolved_at(krate) })
    }

    /// [`call`](Self::call), with the head moved whatever it begins with.
    pub(crate) fn call_moved(self, head: &TokenStream, args: TokenStream) -> TokenStream {
        let head = self.moved(head);
        let mut parens = Group::new(Delimiter::Parenthesis, args);
        parens.set_span(self.last);
        quote!(#head #parens)
    }

    /// `receiver.__method()`, likewise; with underscores, since a trait of the user's may give every type a method.
    pub(crate) fn method(self, receiver: &TokenStream, method: &str) -> TokenStream {
        let method = Ident::new(&format!("__{method}"), self.last);
        let mut parens = Group::new(Delimiter::Parenthesis, TokenStream::new());
        parens.set_span(self.last);
        quote!(#receiver.#method #parens)
    }

    /// `Whole(name).0`: what `name` is, likewise.
    pub(crate) fn whole(self, name: &Ident) -> TokenStream {
        let name = Ident::new(&name.to_string(), self.first);
        let whole = self.call(&quote!(__gather::FieldValue), quote!(#name));
        self.first_field(&whole)
    }

    /// `whole.0`, likewise.
    pub(crate) fn first_field(self, whole: &TokenStream) -> TokenStream {
        let mut field = Literal::usize_unsuffixed(0);
        field.set_span(self.last);
        quote!(#whole.#field)
    }

    /// A path moved over the value, hygiene and all: rustc joins the places of two tokens only where their hygiene is the
    /// same. So not for paths that begin with `$crate`, which stay where they are.
    fn respan(self, path: &TokenStream) -> TokenStream {
        if path.clone().into_iter().next().is_some_and(|token| token.to_string() == "$crate") {
            return path.clone();
        }
        self.moved(path)
    }

    fn moved(self, path: &TokenStream) -> TokenStream {
        let mut tokens: Vec<TokenTree> = path.clone().into_iter().collect();
        for token in &mut tokens {
            token.set_span(self.first);
        }
        if let Some(last) = tokens.last_mut() {
            last.set_span(self.last);
        }
        tokens.into_iter().collect()
    }
}
