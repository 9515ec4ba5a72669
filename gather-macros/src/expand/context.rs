//! What every part of the expansion needs to know.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use super::graph::Graph;
use super::policy::GroupPolicy;
use crate::ast::Group;
use crate::reader::Reader;
use crate::span::{Ends, at};

pub(super) struct Context<'a> {
    pub(super) group: &'a Group,
    pub(super) graph: Graph,
    pub(super) policy: GroupPolicy,
    /// `$crate::__private`: the path of the private module where code of the user's is, in which no other name for it may be
    /// known. Everywhere else [`names_of_private`](Self::names_of_private) makes it `__gather`.
    pub(super) private: TokenStream,
    pub(super) reader: Reader,
    /// The names of the members in the expansion.
    pub(super) names: Vec<Ident>,
}

impl<'a> Context<'a> {
    pub(super) fn of(group: &'a Group, krate: &TokenStream, reader: Reader) -> Self {
        let names = (0..group.members.len()).map(member_name);
        Self {
            group,
            graph: Graph::of(group),
            policy: GroupPolicy::of(group),
            private: quote!(#krate::__private),
            reader,
            names: names.collect(),
        }
    }

    pub(super) fn is_spawned(&self) -> bool {
        self.group.options.spawn.is_some()
    }

    /// Whether the group is a stream of results.
    pub(super) fn is_completions(&self) -> bool {
        self.group.options.completions.is_some() && self.group.one_list().is_some()
    }

    /// Nothing is evaluated after its only member: a list need not be collected before its items are started.
    pub(super) fn is_one_spawned_list(&self) -> bool {
        let Group { layout, members, options, .. } = self.group;
        self.is_spawned() && members.len() == 1 && options.order.is_empty() && layout.base().is_none()
    }

    /// Whether there is a `limit`.
    pub(super) fn is_limited(&self) -> bool {
        self.group.options.limit.is_some()
    }

    /// Whether dependants of this member see only what is `Ok` of its field.
    pub(super) fn has_result_cell(&self, i: usize) -> bool {
        self.policy.keeps() && self.group.members[i].star.is_none()
    }

    /// The `use` that gives the private module the name `__gather`. It stands in blocks without code of the user's.
    pub(super) fn names_of_private(&self) -> TokenStream {
        let private = &self.private;
        quote! {
            #[allow(unused_imports)]
            use #private::{self as __gather, IntoFutureKind as _, UncalledKind as _};
        }
    }

    /// `expr`, which calls `__gather`, in a block of its own.
    pub(super) fn scoped(&self, expr: &TokenStream) -> TokenStream {
        let names = self.names_of_private();
        quote!({ #names #expr })
    }

    /// The place that the expansion around a value is given. For the compiler that is the value, where its mistakes are reported. An
    /// editor would take the expansion for the value, so for an editor it is the call.
    pub(super) fn ends(&self, value: &TokenStream, otherwise: Span) -> Ends {
        match self.reader {
            Reader::Compiler => Ends::of(value, otherwise),
            Reader::Editor => Ends { first: Span::mixed_site(), last: Span::mixed_site() },
        }
    }

    /// The place that tokens made of a name are given, as by [`ends`](Self::ends).
    pub(super) fn at(&self, place: Span) -> Span {
        match self.reader {
            Reader::Compiler => at(place),
            Reader::Editor => Span::mixed_site(),
        }
    }

    /// `head(args)` over a value, by a whole path, and where to put what follows it.
    pub(super) fn call(&self, ends: Ends, head: &TokenStream, args: TokenStream) -> (Ends, TokenStream) {
        match ends.with_hygiene_of(head).filter(|_| self.reader == Reader::Compiler) {
            Some(ends) => (ends, ends.call_moved(head, args)),
            None => (ends, ends.call(head, args)),
        }
    }
}

/// A name of the expansion's own.
pub(crate) fn hidden(name: &str) -> Ident {
    format_ident!("__gather_{name}", span = Span::mixed_site())
}

/// Member `i`.
pub(crate) fn member_name(i: usize) -> Ident {
    hidden(&format!("m{i}"))
}

/// The output cell of member `i`, whose value others wait for.
pub(super) fn cell(i: usize) -> Ident {
    hidden(&format!("v{i}"))
}

/// The reference to that cell, which its dependants have.
pub(super) fn reference(i: usize) -> Ident {
    hidden(&format!("r{i}"))
}
