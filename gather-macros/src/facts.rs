//! One walk through an expression, with the scopes in it: what it uses, whether it awaits, what would leave it. Of the initialisers
//! of a fn under `#[gather_group]`, and of the bodies of plain dependants.

use std::collections::HashSet;

use proc_macro2::{Ident, Span, TokenStream};
use syn::{Block, Expr, Item, Label, Lifetime, Pat, Stmt};

use crate::names::{bound, mentioned, name};

/// What would leave an expression that runs later than the code around it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Leaves {
    Await,
    Question,
    Return,
}

/// What the text of an expression says. Its *own level* is what is outside nested closures, async blocks, items and macro
/// calls.
#[derive(Default)]
pub(crate) struct Facts {
    /// Each `.await`, `?` and `return` at its own level, in the order of writing.
    pub(crate) leaves: Vec<(Leaves, Span)>,
    /// Names of outer variables, and of anything else that could be one.
    pub(crate) uses: HashSet<String>,
    /// Gives an outer variable as a whole a new value.
    pub(crate) assigns: bool,
    /// Each `break` and `continue` at its own level that finds its loop nowhere: rustc refuses that, with the attribute or
    /// without.
    pub(crate) lost_jumps: Vec<Span>,
}

impl Facts {
    pub(crate) fn of(expr: &Expr) -> Self {
        let mut walk =
            Walk { inside: false, loops: 0, labels: Vec::new(), shadowed: Vec::new(), facts: Self::default() };
        walk.expr(expr);
        walk.facts
    }

    /// The places of each `leaves` at its own level.
    pub(crate) fn places(&self, leaves: Leaves) -> impl Iterator<Item = Span> {
        self.leaves.iter().filter(move |(what, _)| *what == leaves).map(|(_, place)| *place)
    }

    pub(crate) fn has(&self, leaves: Leaves) -> bool {
        self.places(leaves).next().is_some()
    }
}

struct Walk {
    /// In a closure or an async block.
    inside: bool,
    loops: usize,
    labels: Vec<String>,
    /// Names that mean something of the expression's own.
    shadowed: Vec<String>,
    facts: Facts,
}

impl Walk {
    /// Forgets at the end what was bound in between.
    fn scope(&mut self, walk: impl FnOnce(&mut Self)) {
        let before = self.shadowed.len();
        walk(self);
        self.shadowed.truncate(before);
    }

    /// A closure or an async block: control flow in it is its own affair.
    fn body(&mut self, walk: impl FnOnce(&mut Self)) {
        let outside = std::mem::replace(&mut self.inside, true);
        self.scope(walk);
        self.inside = outside;
    }

    fn leaves(&mut self, what: Leaves, place: Span) {
        if !self.inside {
            self.facts.leaves.push((what, place));
        }
    }

    fn labelled(&mut self, label: Option<&Label>, is_loop: bool, walk: impl FnOnce(&mut Self)) {
        self.labels.extend(label.map(|label| label.name.to_string()));
        self.loops += usize::from(is_loop);
        self.scope(walk);
        self.loops -= usize::from(is_loop);
        if label.is_some() {
            self.labels.pop();
        }
    }

    fn bind(&mut self, pat: &Pat) {
        let mut names: Vec<Ident> = Vec::new();
        bound(pat, &mut names);
        self.shadowed.extend(names.iter().map(name));
    }

    fn name(&mut self, name: String) {
        if !self.shadowed.contains(&name) {
            self.facts.uses.insert(name);
        }
    }

    fn tokens(&mut self, tokens: &TokenStream) {
        mentioned(tokens.clone(), &mut |name| self.name(name));
    }

    /// `break` and `continue`: those that find their loop here stay inside.
    fn jump(&mut self, place: Span, label: Option<&Lifetime>) {
        let found = match label {
            Some(label) => self.labels.contains(&label.to_string()),
            None => self.loops > 0,
        };
        if !self.inside && !found {
            self.facts.lost_jumps.push(place);
        }
    }

    fn block(&mut self, block: &Block) {
        self.scope(|walk| block.stmts.iter().for_each(|statement| walk.statement(statement)));
    }

    fn statement(&mut self, statement: &Stmt) {
        match statement {
            Stmt::Local(local) => {
                if let Some(init) = &local.init {
                    self.expr(&init.expr);
                    self.maybe(init.diverge.as_ref().map(|(_, otherwise)| otherwise));
                }
                self.bind(&local.pat);
            }
            Stmt::Item(Item::Macro(item)) => self.tokens(&item.mac.tokens),
            // An item sees no variables.
            Stmt::Item(_) => {}
            Stmt::Expr(expr, _) => self.expr(expr),
            Stmt::Macro(statement) => self.tokens(&statement.mac.tokens),
        }
    }

    fn maybe<'a>(&mut self, expr: impl IntoIterator<Item = &'a Box<Expr>>) {
        expr.into_iter().for_each(|expr| self.expr(expr));
    }

    fn all<'a>(&mut self, exprs: impl IntoIterator<Item = &'a Expr>) {
        exprs.into_iter().for_each(|expr| self.expr(expr));
    }

    fn expr(&mut self, expr: &Expr) {
        match expr {
            Expr::Path(path) => {
                if let (None, Some(ident)) = (&path.qself, path.path.get_ident()) {
                    self.name(name(ident));
                }
            }
            Expr::Macro(call) => self.tokens(&call.mac.tokens),
            Expr::Verbatim(tokens) => self.tokens(tokens),

            Expr::Await(awaited) => {
                self.expr(&awaited.base);
                self.leaves(Leaves::Await, awaited.await_token.span);
            }
            Expr::Try(tried) => {
                self.expr(&tried.expr);
                self.leaves(Leaves::Question, tried.question_token.span);
            }
            Expr::Return(ret) => {
                self.leaves(Leaves::Return, ret.return_token.span);
                self.maybe(&ret.expr);
            }
            Expr::Break(jump) => {
                self.jump(jump.break_token.span, jump.label.as_ref());
                self.maybe(&jump.expr);
            }
            Expr::Continue(jump) => self.jump(jump.continue_token.span, jump.label.as_ref()),
            Expr::Assign(assign) => {
                self.expr(&assign.right);
                self.target(&assign.left);
                self.expr(&assign.left);
            }

            Expr::Async(block) => self.body(|walk| walk.block(&block.block)),
            Expr::Closure(closure) => self.body(|walk| {
                closure.inputs.iter().for_each(|pat| walk.bind(pat));
                walk.expr(&closure.body);
            }),
            Expr::Block(block) => self.labelled(block.label.as_ref(), false, |walk| walk.block(&block.block)),
            Expr::Unsafe(block) => self.block(&block.block),
            Expr::TryBlock(block) => {
                let before = self.facts.leaves.len();
                self.block(&block.block);
                // A `?` leaves the `try` block only.
                let inside = self.facts.leaves.split_off(before);
                self.facts.leaves.extend(inside.into_iter().filter(|(what, _)| *what != Leaves::Question));
            }
            Expr::Loop(it) => self.labelled(it.label.as_ref(), true, |walk| walk.block(&it.body)),
            Expr::While(it) => self.labelled(it.label.as_ref(), true, |walk| {
                walk.expr(&it.cond);
                walk.block(&it.body);
            }),
            Expr::ForLoop(it) => {
                self.expr(&it.expr);
                self.labelled(it.label.as_ref(), true, |walk| {
                    walk.bind(&it.pat);
                    walk.block(&it.body);
                });
            }
            Expr::If(it) => {
                self.scope(|walk| {
                    walk.expr(&it.cond);
                    walk.block(&it.then_branch);
                });
                self.maybe(it.else_branch.as_ref().map(|(_, otherwise)| otherwise));
            }
            // Its names live as long as the scope of the `if` or `while` around it.
            Expr::Let(it) => {
                self.expr(&it.expr);
                self.bind(&it.pat);
            }
            Expr::Match(it) => {
                self.expr(&it.expr);
                for arm in &it.arms {
                    self.scope(|walk| {
                        walk.bind(&arm.pat);
                        if let Pat::Guard(guarded) = &arm.pat {
                            walk.expr(&guarded.guard);
                        }
                        walk.expr(&arm.body);
                    });
                }
            }
            _ => self.parts(expr),
        }
    }

    /// Expressions that are no more than their parts.
    fn parts(&mut self, expr: &Expr) {
        match expr {
            Expr::Array(it) => self.all(&it.elems),
            Expr::Tuple(it) => self.all(&it.elems),
            Expr::Binary(it) => self.all([&*it.left, &*it.right]),
            Expr::Call(it) => self.all(std::iter::once(&*it.func).chain(&it.args)),
            Expr::MethodCall(it) => self.all(std::iter::once(&*it.receiver).chain(&it.args)),
            Expr::Index(it) => self.all([&*it.expr, &*it.index]),
            Expr::Struct(it) => {
                self.all(it.fields.iter().map(|field| &field.expr));
                self.maybe(&it.rest);
            }
            Expr::Range(it) => self.maybe(it.start.iter().chain(&it.end)),
            Expr::Cast(it) => self.expr(&it.expr),
            Expr::Field(it) => self.expr(&it.base),
            Expr::Group(it) => self.expr(&it.expr),
            Expr::Paren(it) => self.expr(&it.expr),
            Expr::RawAddr(it) => self.expr(&it.expr),
            Expr::Reference(it) => self.expr(&it.expr),
            Expr::Repeat(it) => self.expr(&it.expr),
            Expr::Unary(it) => self.expr(&it.expr),
            Expr::Yield(it) => self.maybe(&it.expr),
            // Literals, and `const` blocks, which see no variables.
            _ => {}
        }
    }

    /// The left side of `=`.
    fn target(&mut self, left: &Expr) {
        match left {
            Expr::Path(path) => {
                let variable = path.path.get_ident().map(name);
                self.facts.assigns |= variable.is_some_and(|name| !self.shadowed.contains(&name));
            }
            Expr::Paren(it) => self.target(&it.expr),
            Expr::Tuple(it) => it.elems.iter().for_each(|part| self.target(part)),
            Expr::Array(it) => it.elems.iter().for_each(|part| self.target(part)),
            Expr::Call(it) => it.args.iter().for_each(|part| self.target(part)),
            Expr::Struct(it) => it.fields.iter().for_each(|field| self.target(&field.expr)),
            _ => {}
        }
    }
}
