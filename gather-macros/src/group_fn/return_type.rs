//! The return type of the fn, as it can be written inside the fn.

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{ReturnType, Type};

/// How the expansion finds out what `?` does in this fn.
pub(super) enum Returned {
    /// By this type.
    Known(TokenStream),
    /// There is no `?` in a fn that returns `!`.
    Never,
    /// It depends on the type behind the `impl Trait`, which cannot be written.
    Opaque,
}

pub(super) fn of(output: &ReturnType) -> Returned {
    let ReturnType::Type(_, ty) = output else {
        return Returned::Known(quote!(()));
    };
    match bare(ty) {
        Type::Never(_) => Returned::Never,
        Type::ImplTrait(_) => Returned::Opaque,
        ty => Returned::Known(without_impl(ty.to_token_stream())),
    }
}

pub(super) fn is_unit(output: &ReturnType) -> bool {
    match output {
        ReturnType::Default => true,
        ReturnType::Type(_, ty) => matches!(bare(ty), Type::Tuple(tuple) if tuple.elems.is_empty()),
    }
}

fn bare(ty: &Type) -> &Type {
    match ty {
        Type::Paren(inner) => bare(&inner.elem),
        Type::Group(inner) => bare(&inner.elem),
        ty => ty,
    }
}

/// `Result<impl Debug, Error>` -> `Result<_, Error>`: `impl Trait` is no type inside the fn, where it is inferred.
fn without_impl(tokens: TokenStream) -> TokenStream {
    let mut written = TokenStream::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(word) if word == "impl" => {
                let (mut depth, mut arrow) = (0_usize, false);
                while let Some(next) = tokens.peek() {
                    if let TokenTree::Punct(punct) = next {
                        match punct.as_char() {
                            ',' if depth == 0 => break,
                            '>' if depth == 0 && !arrow => break,
                            '<' => depth += 1,
                            '>' if !arrow => depth -= 1,
                            _ => {}
                        }
                        arrow = punct.as_char() == '-';
                    }
                    tokens.next();
                }
                written.extend(quote!(_));
            }
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), without_impl(group.stream()));
                inner.set_span(group.span());
                written.extend([TokenTree::Group(inner)]);
            }
            other => written.extend([other]),
        }
    }
    written
}
