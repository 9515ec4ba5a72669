//! What the group's policy makes of its members, and of what they fail with.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::{Context, layout, option_name};
use crate::ast::{self, Group, Member, State};

/// The policy, reduced to what is possible: `name_errors` or `all_errors` without any `?` is a mistake that was reported.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Policy {
    /// Nothing can fail the group.
    Infallible,
    FirstError,
    NameErrors,
    AllErrors,
    ReturnExceptions,
    /// A spawned group without a policy: what goes wrong with a member fails the group. `demanding`: some have a `?`.
    Spawned {
        demanding: bool,
    },
    SpawnedReturnExceptions,
    SpawnedAllErrors,
}

impl Policy {
    pub(super) fn of(group: &Group) -> Self {
        let fallible = group.members.iter().any(|m| m.question.is_some() && m.state != State::Hidden);
        let policy = group.options.policy.as_ref().map(|(policy, _)| *policy);
        if group.options.spawn.is_some() {
            return match policy {
                Some(ast::Policy::ReturnExceptions) => Self::SpawnedReturnExceptions,
                Some(ast::Policy::AllErrors) if fallible => Self::SpawnedAllErrors,
                _ => Self::Spawned { demanding: fallible },
            };
        }
        match policy {
            Some(ast::Policy::ReturnExceptions) => Self::ReturnExceptions,
            _ if !fallible => Self::Infallible,
            Some(ast::Policy::AllErrors) => Self::AllErrors,
            Some(ast::Policy::NameErrors) => Self::NameErrors,
            None => Self::FirstError,
        }
    }

    /// `let mode = ..;`: how `?` members are treated, with the group's error type in it.
    pub(super) fn mode(self, group: &Group, private: &TokenStream) -> TokenStream {
        let wanted = group.members.iter().any(|m| m.question.is_some());
        if !wanted || matches!(self, Self::Infallible | Self::Spawned { demanding: false }) {
            return TokenStream::new();
        }
        let errors = match (&group.options.error, self) {
            (Some(_), _) => option_name("error").into_token_stream(),
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

    /// The first rung of the ladder that matters for this member, and its mode.
    pub(super) fn rung(self, member: &Member, private: &TokenStream) -> (Ident, TokenStream) {
        let mode = mode_name();
        let demanding = member.question.is_some();
        let catches = matches!(self, Self::AllErrors | Self::SpawnedAllErrors | Self::Spawned { .. });
        let (rung, mode) = if self.keeps() {
            if demanding { ("of_task_result", quote!(#mode)) } else { ("of_endless", quote!(#private::ReturnedAny)) }
        } else if catches {
            if demanding { ("of_task_result", quote!(#mode)) } else { ("of_task", quote!(#private::Caught)) }
        } else if demanding {
            ("of_result", quote!(#mode))
        } else {
            ("of_any", quote!(#private::Plain))
        };
        (format_ident!("{rung}", span = Span::mixed_site()), mode)
    }

    /// Whether a member is a future, or with `?` one of a `Result`, and nothing else.
    pub(super) fn is_plain(self) -> bool {
        matches!(self, Self::Infallible | Self::FirstError | Self::NameErrors)
    }

    /// The same for what stands in the body of a dependant: only whether it is adopted matters there.
    pub(super) fn body(self) -> (Ident, Ident) {
        let (rung, mode) = match self {
            _ if self.is_plain() => ("of_any", "Plain"),
            _ => ("of_task", "Caught"),
        };
        (Ident::new(rung, Span::mixed_site()), Ident::new(mode, Span::mixed_site()))
    }

    /// Whether fields hold what went wrong.
    pub(super) fn keeps(self) -> bool {
        matches!(self, Self::ReturnExceptions | Self::SpawnedReturnExceptions)
    }

    pub(super) fn verdict(self, cx: &Context<'_>) -> TokenStream {
        let Context { group, private, .. } = cx;
        let mode = mode_name();
        let source = group_source(cx);
        let names = layout::names(group, private);
        match self {
            Self::Infallible => quote!(#private::InfalliblePerPoll),
            Self::ReturnExceptions => quote!(#private::never_fails(#names)),
            Self::FirstError => quote!(#private::first_error(&#mode)),
            Self::NameErrors => quote!(#private::named_error(#source, #names)),
            Self::AllErrors => quote!(#private::all_errors(#source, #names)),
            Self::Spawned { demanding: false } | Self::SpawnedReturnExceptions => {
                quote!(#private::first_exception::<::core::convert::Infallible>(::core::option::Option::None, #names))
            }
            Self::Spawned { demanding: true } => quote!(#private::first_exception(#source, #names)),
            Self::SpawnedAllErrors => quote!(#private::all_exceptions(#source, #names)),
        }
    }
}

/// Where the source of the group's error is found: asked once its type is known, and reported where it is not, on a member that has it.
fn group_source(cx: &Context<'_>) -> TokenStream {
    let demanding = cx.group.members.iter().find(|m| m.question.is_some() && m.state == State::Good);
    let Some(member) = demanding else { return quote!(::core::option::Option::None) };
    let ends = cx.ends(&member.value, member.glue);
    let mode = mode_name();
    ends.method(&ends.call(&quote!(__gather::group_source), quote!(&#mode)), "source")
}

pub(super) fn mode_name() -> Ident {
    Ident::new("__gather_mode", Span::mixed_site())
}
