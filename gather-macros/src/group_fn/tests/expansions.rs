//! Whole expansions: see [`snapshot`](crate::snapshot).

use proc_macro2::TokenStream;
use syn::Item;

use crate::reader::Reader;
use crate::snapshot;

/// What the attribute in `source` makes of the fn under it.
fn expanded(source: &str) -> TokenStream {
    let Ok(Item::Fn(mut function)) = syn::parse_str(source) else { panic!("the source is one fn") };
    let place = function.attrs.iter().position(|attribute| attribute.path().is_ident("gather_group"));
    let attribute = function.attrs.remove(place.expect("the source has the attribute"));
    let arguments = attribute.meta.require_list().map(|list| list.tokens.clone()).unwrap_or_default();
    crate::group_fn::group_fn(arguments, &quote::quote!(#function), Reader::Compiler)
}

#[test]
fn stages() {
    snapshot::compare("group_fn_stages.rs", expanded);
}

#[test]
fn limit() {
    snapshot::compare("group_fn_limit.rs", expanded);
}
