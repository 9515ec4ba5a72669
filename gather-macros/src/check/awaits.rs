//! `.await` at the end of a value, which the group awaits itself.

use crate::ast::{Member, State};
use crate::errors::Errors;
use proc_macro2::{TokenStream, TokenTree};
use syn::Expr;

const IN_VALUE: &str =
    "this waits for the member before the group starts: remove `.await`, the group awaits its members";
const IN_BODY: &str = "`.await` cannot stand in the body of a plain dependant: remove it, the group awaits its members, or write `async |..| { .. }`";

/// Reports each, and takes it off: what is left has the type that was meant.
pub(super) fn members(members: &mut [Member], errors: &mut Errors) {
    for member in members {
        let message = match &member.needs {
            // A list may well come out of a future.
            _ if member.star.is_some() || member.state == State::Hidden => continue,
            Some(needs) if needs.asyncness.is_some() => continue,
            Some(_) => IN_BODY,
            None => IN_VALUE,
        };
        let value = &mut member.value;
        let mut last = None;
        while let Some(Expr::Await(waited)) = &value.expr {
            last = last.or(Some(waited.await_token.span));
            value.expr = Some(Expr::clone(&waited.base));
            let tokens: Vec<TokenTree> = std::mem::take(&mut value.tokens).into_iter().collect();
            value.tokens = tokens[..tokens.len().saturating_sub(2)].iter().cloned().collect::<TokenStream>();
        }
        if let Some(span) = last {
            errors.at(span, message);
        }
    }
}
