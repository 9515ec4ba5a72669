//! Does a `let` borrow from a temporary of its own initialiser? `let a = &f().await;` keeps the value of `f()` alive in a
//! place without a name, next to `a`. An async block cannot hand such a borrow out, so that `let` stays where it is.
//!
//! The rules are those of the reference's "Temporary lifetime extension".

use syn::{Block, Expr, Stmt};

/// Whether `init`, the initialiser of a `let`, has a borrow that is extended to the end of the block around it.
pub(super) fn are_borrowed(init: &Expr) -> bool {
    match init {
        Expr::Reference(borrow) => is_temporary(&borrow.expr),
        Expr::RawAddr(borrow) => is_temporary(&borrow.expr),
        Expr::Paren(inner) => are_borrowed(&inner.expr),
        Expr::Group(inner) => are_borrowed(&inner.expr),
        Expr::Cast(inner) => are_borrowed(&inner.expr),
        Expr::Array(array) => array.elems.iter().any(are_borrowed),
        Expr::Repeat(array) => are_borrowed(&array.expr),
        Expr::Tuple(tuple) => tuple.elems.iter().any(are_borrowed),
        Expr::Struct(fields) => fields.fields.iter().any(|field| are_borrowed(&field.expr)),
        Expr::Range(range) => [&range.start, &range.end].into_iter().flatten().any(|end| are_borrowed(end)),
        Expr::Call(call) => is_constructor(&call.func) && call.args.iter().any(are_borrowed),
        Expr::Macro(call) => {
            // The two macros of std that do this.
            let name = call.mac.path.segments.last().map(|segment| segment.ident.to_string());
            matches!(name.as_deref(), Some("pin" | "format_args"))
        }
        Expr::Block(block) => ends_in_borrow(&block.block),
        Expr::Unsafe(block) => ends_in_borrow(&block.block),
        Expr::If(branches) => {
            ends_in_borrow(&branches.then_branch)
                || branches.else_branch.as_ref().is_some_and(|(_, expr)| are_borrowed(expr))
        }
        Expr::Match(arms) => arms.arms.iter().any(|arm| are_borrowed(&arm.body)),
        _ => false,
    }
}

fn ends_in_borrow(block: &Block) -> bool {
    matches!(block.stmts.last(), Some(Stmt::Expr(tail, None)) if are_borrowed(tail))
}

/// Whether a borrow of `operand` is one of a value without a place of its own.
fn is_temporary(operand: &Expr) -> bool {
    match operand {
        // Variables have a place, constants live forever.
        Expr::Path(_) | Expr::Lit(_) | Expr::Const(_) => false,
        Expr::Paren(inner) => is_temporary(&inner.expr),
        Expr::Group(inner) => is_temporary(&inner.expr),
        Expr::Field(field) => is_temporary(&field.base),
        Expr::Index(index) => is_temporary(&index.expr),
        Expr::Unary(unary) if matches!(unary.op, syn::UnOp::Deref(_)) => is_temporary(&unary.expr),
        _ => true,
    }
}

/// `Some`, `Page::Full`: by rule of naming, as nothing else tells it from a fn here.
fn is_constructor(function: &Expr) -> bool {
    let Expr::Path(path) = function else { return false };
    let last = path.path.segments.last().map(|segment| segment.ident.to_string());
    last.is_some_and(|name| name.chars().next().is_some_and(char::is_uppercase))
}
