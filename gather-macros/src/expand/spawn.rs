//! `spawn`: the call that starts every member as a task.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};

use super::{Context, asked, labels, option_name};
use crate::span::at;

pub(super) fn launch(cx: &Context<'_>, tree: &TokenStream, verdict: &TokenStream, build: &TokenStream) -> TokenStream {
    let Context { group, private, .. } = cx;
    let spawner = match &group.options.spawn {
        Some((_, Some(_))) => option_name("spawn").into_token_stream(),
        spawn => {
            // Its panic names the place of its call.
            let place = at(spawn.as_ref().map_or_else(Span::call_site, |(word, _)| word.span()));
            quote_spanned!(place=> __gather::spawn_here())
        }
    };
    let spawner = labels::spawned(cx, spawner);
    let places = match &group.options.limit {
        Some(_) => {
            let limit = option_name("limit");
            quote!(#private::places(#limit))
        }
        None => quote!(#private::no_places()),
    };
    let (timeout, until) = (option_name("timeout"), option_name("until"));
    let ending = match (&group.options.timeout, &group.options.until) {
        (None, None) => quote!(#private::NoEnding),
        (Some(_), None) => quote!(#timeout),
        (None, Some(_)) => quote!(#until),
        (Some(_), Some(_)) => quote!(#private::either_ending(#timeout, #until)),
    };
    let timeout_found =
        asked(cx, group.options.timeout.as_ref(), "timeout", "after", &quote!(#private::timeout_ending));
    let handle = proc_macro2::Ident::new("__gather_handle", Span::mixed_site());
    quote! {
        #timeout_found
        let #handle = #private::launch(#tree, #verdict, #spawner, #places, #ending, #build);
        #private::Share(&#handle).__share();
        #handle
    }
}
