//! Whole expansions, in `tests/expansions/` of the workspace: `BLESS=1 cargo test -p gather-macros` writes them anew.

use std::fs;
use std::path::Path;

use syn::{File, Item};

const BECOMES: &str = "// becomes\n";

#[track_caller]
fn snapshot(name: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/expansions").join(name);
    let text = fs::read_to_string(&path).expect("the snapshot is there");
    let (source, expected) = text.split_once(BECOMES).expect("a line between the source and its expansion");
    let expansion = format!("\n{}", expanded(source));
    if std::env::var_os("BLESS").is_some() {
        fs::write(path, format!("{source}{BECOMES}{expansion}")).expect("the snapshot can be written");
    } else {
        assert_eq!(expansion, expected, "{name}");
    }
}

/// What the attribute in `source` makes of the fn under it.
fn expanded(source: &str) -> String {
    let Ok(Item::Fn(mut function)) = syn::parse_str(source) else { panic!("the source is one fn") };
    let place = function.attrs.iter().position(|attribute| attribute.path().is_ident("gather_group"));
    let attribute = function.attrs.remove(place.expect("the source has the attribute"));
    let arguments = attribute.meta.require_list().map(|list| list.tokens.clone()).unwrap_or_default();
    let expansion = crate::group_fn::group_fn(arguments, &quote::quote!(#function));
    prettyplease::unparse(&syn::parse2::<File>(expansion).expect("the expansion is one fn"))
}

#[test]
fn stages() {
    snapshot("group_fn_stages.rs");
}

#[test]
fn limit() {
    snapshot("group_fn_limit.rs");
}
