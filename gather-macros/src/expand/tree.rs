//! Members as a balanced tree, and what is said of them as a whole.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

/// Up to this many members are all polled in every sweep, which is cheaper than to find out who was woken.
/// `docs/decisions/up_to_eight.md` says why.
pub(super) const FEW: usize = 8;

/// Up to this many members of one group, or of a nested one, can be told apart when they are woken.
pub(super) const MOST: usize = 64;

/// In a group of up to this many members rustc finds in one step whether it is `Send`: see `gather-core/src/in_task/sendable.rs`.
const SHAPED: usize = 16;

/// A balanced tree over `leaves`.
pub(crate) fn tree<T: ToTokens>(
    leaves: &[T],
    empty: &TokenStream,
    pair: &dyn Fn(TokenStream, TokenStream) -> TokenStream,
) -> TokenStream {
    match leaves {
        [] => empty.clone(),
        [leaf] => leaf.to_token_stream(),
        _ => {
            let (a, b) = leaves.split_at(leaves.len().div_ceil(2));
            pair(tree(a, empty, pair), tree(b, empty, pair))
        }
    }
}

/// `((m0, m1), m2)`
pub(crate) fn pattern(leaves: &[Ident]) -> TokenStream {
    tree(leaves, &quote!(()), &|a, b| quote!((#a, #b)))
}

/// The members of an in-task group as one. More than [`MOST`] are several nested groups. `private` is the path of the private
/// module.
pub(crate) fn in_task<T: ToTokens>(leaves: &[T], poll_all: bool, private: &TokenStream) -> TokenStream {
    if leaves.len() <= MOST {
        return tree(leaves, &quote!(#private::Nil), &|a, b| quote!((#a, #b)));
    }
    nested(leaves, poll_all, private)
}

fn nested<T: ToTokens>(leaves: &[T], poll_all: bool, private: &TokenStream) -> TokenStream {
    if leaves.len() <= MOST {
        let inner = in_task(leaves, poll_all, private);
        let strategy = if poll_all { quote!(#private::POLL_ALL) } else { quote!(#private::POLL_WOKEN) };
        return quote!(#private::nested(#strategy, #inner));
    }
    let (a, b) = leaves.split_at(leaves.len().div_ceil(2));
    let (a, b) = (nested(a, poll_all, private), nested(b, poll_all, private));
    quote!((#a, #b))
}

/// The strategy by which a group of this many members polls them. More than [`MOST`] of them are nested groups, each with its own strategy.
pub(crate) fn strategy(members: usize, poll_all: bool, private: &TokenStream) -> TokenStream {
    if poll_all {
        quote!(#private::POLL_ALL)
    } else if members <= FEW || members > MOST {
        quote!(#private::POLL_FEW)
    } else {
        quote!(#private::POLL_WOKEN)
    }
}

/// What the members are, for the question whether the group is `Send`.
pub(crate) fn shape(
    mut is_single: impl ExactSizeIterator<Item = bool>,
    is_dependent: bool,
    private: &TokenStream,
) -> TokenStream {
    let members = is_single.len();
    let all_single = !is_dependent && is_single.all(|single| single);
    match members {
        1..=SHAPED if all_single => quote!(#private::Singles),
        1..=SHAPED => quote!(#private::Leaves::<#members>),
        _ => quote!(#private::Leaves::<0>),
    }
}
