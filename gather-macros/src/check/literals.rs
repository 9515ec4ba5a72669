//! Literals as values of options.

use super::shape::bare;
use crate::ast::Value;
use syn::{Expr, ExprLit, ExprUnary, Lit, UnOp};

/// A literal as the value of an option, which often cannot be right.
pub(super) struct Literal {
    negative: bool,
    pub(super) lit: Lit,
}

pub(super) fn literal(value: &Value) -> Option<Literal> {
    let (negative, value) = match bare(value.expr.as_ref()?) {
        Expr::Unary(ExprUnary { op: UnOp::Neg(_), expr, .. }) => (true, bare(expr)),
        value => (false, value),
    };
    match value {
        Expr::Lit(ExprLit { lit, .. }) => Some(Literal { negative, lit: lit.clone() }),
        _ => None,
    }
}

/// What is wrong with the value of a `limit`, where that can be seen.
pub(crate) fn wrong_limit(value: &Value) -> Option<String> {
    literal(value).and_then(|literal| limit(&literal))
}

pub(super) fn limit(literal: &Literal) -> Option<String> {
    match &literal.lit {
        Lit::Int(number) if literal.negative || number.base10_digits() == "0" => {
            let minus = if literal.negative { "-" } else { "" };
            let text = number.to_string();
            Some(format!("`limit = {minus}{text}` lets no member start: give at least 1"))
        }
        Lit::Int(_) => None,
        _ => Some("`limit` takes a whole number: write `limit = 8`".to_owned()),
    }
}

pub(super) fn timeout(literal: &Literal) -> String {
    let value = match &literal.lit {
        Lit::Int(number) if !literal.negative => format!("from_secs({})", number.base10_digits()),
        Lit::Float(number) if !literal.negative => format!("from_secs_f64({})", number.base10_digits()),
        _ => "from_secs(1)".to_owned(),
    };
    format!("`timeout` takes a `Duration`: write `timeout = Duration::{value}`")
}

pub(super) fn until(_: &Literal) -> String {
    "`until` takes a future: write `until = shutdown.notified()`".to_owned()
}
