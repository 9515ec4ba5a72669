//! `spawn`: the call that starts every member as a task.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};

use super::{Context, deadline, option_name};
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
    let limit = match &group.options.limit {
        Some(_) => {
            let limit = option_name("limit");
            quote!(#private::limit_of_tasks(#limit))
        }
        None => quote!(#private::no_limit_of_tasks()),
    };
    let (deadline_found, deadline) = deadline(cx);
    let handle = proc_macro2::Ident::new("__gather_handle", Span::mixed_site());
    quote! {
        #deadline_found
        let #handle = #private::launch(#tree, #verdict, #spawner, #limit, #deadline, #build);
        #private::Share(&#handle).__share();
        #handle
    }
}
