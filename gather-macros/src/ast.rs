//! What was written, each part with its span. Nothing here decides whether it is right.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Expr, ExprPath};

use crate::names::name;
use crate::options::{OptionRow, Policy};

/// One call of `gather!`.
pub(crate) struct Group {
    pub(crate) layout: Layout,
    pub(crate) members: Vec<Member>,
    /// Every option as typed, right or wrong, in order.
    pub(crate) typed_options: Vec<TypedOption>,
    /// The options that stand by the rules. `check` fills them in; the parser leaves them empty.
    pub(crate) options: Options,
}

impl Group {
    /// The list that is the whole group, as in `gather!(*list)`.
    pub(crate) fn one_list(&self) -> Option<&Member> {
        match (&self.layout, self.members.as_slice()) {
            (Layout::Tuple, [list]) if list.star.is_some() && list.needs.is_none() => Some(list),
            _ => None,
        }
    }
}

pub(crate) struct TypedOption {
    pub(crate) word: Ident,
    /// The option that it is, or that was probably meant.
    pub(crate) row: Option<&'static OptionRow>,
    pub(crate) value: OptionValue,
    /// What stands after the `=`, as far as it goes; `None` without a `=`.
    pub(crate) typed: Option<TokenStream>,
}

pub(crate) enum OptionValue {
    /// The option goes without one.
    Absent,
    Given(Box<Value>),
    /// Something was written that cannot be expanded.
    Unusable,
}

/// An expression, or the type of `error = T`.
#[derive(Clone, Default)]
pub(crate) struct Value {
    /// The tokens as the user wrote them.
    pub(crate) tokens: TokenStream,
    /// The expression that they are; `None` for a type, and for tokens that are no expression.
    pub(crate) expr: Option<Expr>,
}

impl Value {
    pub(crate) fn variable(name: &Ident) -> Self {
        let path = Expr::Path(ExprPath { attrs: Vec::new(), qself: None, path: name.clone().into() });
        Self { tokens: name.to_token_stream(), expr: Some(path) }
    }

    /// Takes every `.await` off its end: what is left has the type that was meant. Gives the last `await`.
    pub(crate) fn take_awaits(&mut self) -> Option<Span> {
        let mut last = None;
        while let Some(Expr::Await(waited)) = &self.expr {
            last = last.or(Some(waited.await_token.span));
            self.expr = Some(Expr::clone(&waited.base));
            let tokens: Vec<TokenTree> = std::mem::take(&mut self.tokens).into_iter().collect();
            self.tokens = tokens[..tokens.len().saturating_sub(2)].iter().cloned().collect();
        }
        last
    }
}

impl ToTokens for Value {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.tokens.to_tokens(tokens);
    }
}

/// How the results are laid out.
pub(crate) enum Layout {
    /// `gather! { a => f(1), b => g(2) }`
    Record,
    /// `gather!(f(1), g(2))`
    Tuple,
    /// `gather!(Page { a: f(1), b: g(2), ..base })`
    Struct { path: TokenStream, bases: Vec<Base> },
}

impl Layout {
    /// The value of `..base`: the first, where more were written.
    pub(crate) fn base(&self) -> Option<&TokenStream> {
        match self {
            Self::Struct { bases, .. } => bases.iter().find_map(|base| base.value.as_ref()),
            Self::Record | Self::Tuple => None,
        }
    }
}

/// `..base`, of which one may stand behind the other fields.
pub(crate) struct Base {
    pub(crate) dots: Span,
    /// `None` for tokens that are no expression.
    pub(crate) value: Option<TokenStream>,
    /// Whether no field follows it.
    pub(crate) is_last: bool,
}

/// One member, in the order of writing.
pub(crate) struct Member {
    /// `None` in a tuple.
    pub(crate) name: Option<Name>,
    /// Where the `=>` (or `:`) stands, else where the member starts: what the expansion adds around this member
    /// points there, so that the name and the value answer to an editor and nothing else does.
    pub(crate) glue: Span,
    /// The `*` of a list.
    pub(crate) star: Option<Span>,
    /// A field of a struct that is nothing but a name: the field and its value.
    pub(crate) shorthand: bool,
    /// The `|a, b|` of a dependant.
    pub(crate) needs: Option<Needs>,
    /// The expression without the trailing `?`. A good member has one.
    pub(crate) value: Value,
    /// The trailing `?`.
    pub(crate) question: Option<Span>,
    pub(crate) state: State,
}

impl Member {
    /// The name by which others wait for it: `r#a` and `a` are one.
    pub(crate) fn key(&self) -> Option<String> {
        match &self.name {
            Some(Name::Ident(ident)) => Some(name(ident)),
            _ => None,
        }
    }
}

/// What stands left of the `=>` or the `:`.
#[derive(Clone)]
pub(crate) enum Name {
    /// `user`, `r#type`
    Ident(Ident),
    /// `_`
    Ignored(Span),
    /// `0` in `Pair { 0: f(), 1: g() }`
    Index(u32, Span),
}

/// How much of a member can be expanded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum State {
    /// Nothing was found wrong with it.
    Good,
    /// A mistake was reported; its value still is an expression, and nothing more is demanded of it.
    Rejected,
    /// A mistake was reported and its value is no expression (or uses what does not exist).
    Hidden,
    /// For an editor only: it is not finished, and is expanded as if it were, though nothing is demanded of it.
    HalfTyped,
}

/// `async move |a, b: &T|`
pub(crate) struct Needs {
    pub(crate) asyncness: Option<Span>,
    pub(crate) moved: Option<Span>,
    pub(crate) params: Vec<Param>,
}

/// One name between the bars.
pub(crate) struct Param {
    pub(crate) name: Ident,
    pub(crate) ty: Option<TokenStream>,
}

/// The options that are right by themselves; each with the word as written.
#[derive(Default)]
pub(crate) struct Options {
    pub(crate) policy: Option<(Policy, Ident)>,
    /// `error = T`: a type.
    pub(crate) error: Option<Valued>,
    pub(crate) limit: Option<Valued>,
    pub(crate) timeout: Option<Valued>,
    pub(crate) until: Option<Valued>,
    /// `spawn` (no value) or `spawn = handle`.
    pub(crate) spawn: Option<(Ident, Option<Value>)>,
    /// `as_completed` or `in_order`: a stream of results instead of a future.
    pub(crate) completions: Option<Ident>,
    pub(crate) poll_all: Option<Ident>,
    /// The words of `limit`, `timeout`, `until` and `spawn = ..` in the order of writing: their values are evaluated so.
    pub(crate) order: Vec<Ident>,
}

pub(crate) struct Valued {
    pub(crate) word: Ident,
    pub(crate) value: Value,
}
