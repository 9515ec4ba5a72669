//! What stands in the attribute and under it.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use syn::{Attribute, Signature, Stmt, Visibility};

use crate::ast::Value;

/// `#[gather_group(limit = n, poll_all, crate = path)]`
pub(super) struct Arguments {
    /// Every option in order, as it was written.
    pub(super) words: Vec<Ident>,
    /// The value of `limit`.
    pub(super) limit: Option<Value>,
    pub(super) poll_all: bool,
    /// The path of the crate `gather`.
    pub(super) krate: TokenStream,
}

/// What the attribute stands on.
pub(super) enum Item {
    Function(Box<Function>),
    /// `async fn f();`, and where its `;` is.
    NoBody(Span),
    /// A `fn` without `async`, and where its `fn` is.
    NotAsync(Span),
    /// An item of another kind, and its first token, which says which.
    Other(Option<TokenTree>),
    /// A fn that is being typed: rustc says what is missing.
    HalfTyped,
}

/// An async fn.
pub(super) struct Function {
    pub(super) attributes: Vec<Attribute>,
    pub(super) visibility: Visibility,
    pub(super) signature: Signature,
    /// The body as written.
    pub(super) body: Group,
    /// The attributes inside the body.
    pub(super) inner: Vec<Attribute>,
    pub(super) statements: Vec<Stmt>,
}
