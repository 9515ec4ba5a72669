//! How the group's policy treats its members.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};

use crate::ast::{Group, Member, State};
use crate::options::Policy;

/// The policy, reduced to what is possible: `name_errors` or `all_errors` without any `?` is a mistake that was reported.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum GroupPolicy {
    /// Nothing can fail the group.
    Infallible,
    FirstError,
    NameErrors,
    AllErrors,
    ReturnExceptions,
    /// A spawned group without a policy: what goes wrong with a member fails the group. `fallible`: some have a `?`.
    Spawned {
        fallible: bool,
    },
    SpawnedReturnExceptions,
    SpawnedAllErrors,
}

impl GroupPolicy {
    pub(super) fn of(group: &Group) -> Self {
        let fallible = group.members.iter().any(|m| m.question.is_some() && m.state != State::Hidden);
        let policy = group.options.policy.as_ref().map(|(policy, _)| *policy);
        if group.options.spawn.is_some() {
            return match policy {
                Some(Policy::ReturnExceptions) => Self::SpawnedReturnExceptions,
                Some(Policy::AllErrors) if fallible => Self::SpawnedAllErrors,
                _ => Self::Spawned { fallible },
            };
        }
        match policy {
            Some(Policy::ReturnExceptions) => Self::ReturnExceptions,
            _ if !fallible => Self::Infallible,
            Some(Policy::AllErrors) => Self::AllErrors,
            Some(Policy::NameErrors) => Self::NameErrors,
            None => Self::FirstError,
        }
    }

    /// `let mode = ..;`: how `?` members are treated, with the group's error type in it. `private` is the path of the private module.
    pub(super) fn let_mode(self, group: &Group, private: &TokenStream) -> TokenStream {
        let wanted = group.members.iter().any(|m| m.question.is_some());
        if !wanted || matches!(self, Self::Infallible | Self::Spawned { fallible: false }) {
            return TokenStream::new();
        }
        let errors = match (&group.options.error, self) {
            (Some(_), _) => Ident::new("__gather_error", Span::mixed_site()).into_token_stream(),
            (None, Self::ReturnExceptions | Self::SpawnedReturnExceptions) => quote!(#private::per_member()),
            (None, _) => quote!(#private::identity()),
        };
        let of = match self {
            Self::ReturnExceptions | Self::SpawnedReturnExceptions => quote!(returned),
            Self::AllErrors | Self::SpawnedAllErrors | Self::Spawned { .. } => quote!(caught_required),
            Self::Infallible | Self::FirstError | Self::NameErrors => quote!(required),
        };
        let mode = mode_name();
        quote!(let #mode = #private::#of(#errors);)
    }

    /// The first level of the specialisation that matters for this member, and its mode.
    pub(super) fn level(self, member: &Member) -> (Ident, TokenStream) {
        let mode = mode_name();
        let fallible = member.question.is_some();
        let catches = matches!(self, Self::AllErrors | Self::SpawnedAllErrors | Self::Spawned { .. });
        let (level, mode) = if self.keeps() {
            if fallible { ("of_task_result", quote!(#mode)) } else { ("of_endless", quote!(__gather::ReturnedAny)) }
        } else if catches {
            if fallible { ("of_task_result", quote!(#mode)) } else { ("of_task", quote!(__gather::Caught)) }
        } else if fallible {
            ("of_result", quote!(#mode))
        } else {
            ("of_any", quote!(__gather::Plain))
        };
        (Ident::new(level, Span::mixed_site()), mode)
    }

    /// Whether a member is a future, or with `?` one of a `Result`, and nothing else.
    pub(super) fn is_plain(self) -> bool {
        matches!(self, Self::Infallible | Self::FirstError | Self::NameErrors)
    }

    /// The first level for the value in the body of a dependant. The member's policy is applied to the dependant as a whole; here it only
    /// matters whether the value is a task or a group to adopt.
    pub(super) fn level_of_body(self) -> (Ident, TokenStream) {
        let (level, mode) =
            if self.is_plain() { ("of_any", quote!(__gather::Plain)) } else { ("of_task", quote!(__gather::Caught)) };
        (Ident::new(level, Span::mixed_site()), mode)
    }

    /// Whether fields hold what went wrong.
    pub(super) fn keeps(self) -> bool {
        matches!(self, Self::ReturnExceptions | Self::SpawnedReturnExceptions)
    }
}

pub(super) fn mode_name() -> Ident {
    Ident::new("__gather_mode", Span::mixed_site())
}
