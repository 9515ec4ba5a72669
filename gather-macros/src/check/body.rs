//! `?`, `.await` and `return` at the own level of a plain dependant's body.

use crate::ast::Needs;
use crate::errors::Errors;
use crate::facts::{Facts, Leaves};
use crate::options::listed;
use syn::Expr;

/// Reports the first thing that would leave the body.
pub(super) fn leaves(body: &Expr, needs: &Needs, errors: &mut Errors) -> bool {
    let Some((leaves, span)) = Facts::of(body).leaves.first().copied() else {
        return false;
    };
    let params: Vec<_> = needs.params.iter().map(|param| param.name.to_string()).collect();
    let params = params.join(", ");
    let what = listed([match leaves {
        Leaves::Await => ".await",
        Leaves::Question => "?",
        Leaves::Return => "return",
    }]);
    errors.at(
        span,
        format!(
            "{what} cannot stand in the body of a plain `|{params}|`, which runs later than the code around it: write `async |{params}| {{ .. }}`"
        ),
    );
    true
}
