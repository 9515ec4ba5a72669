//! Whole expansions, checked in under `tests/expansions/` of the workspace.

use std::fs;
use std::path::Path;

use proc_macro2::TokenStream;
use syn::File;

const BECOMES: &str = "// becomes\n";

/// Compares what `expand` makes of the source in a snapshot with what stands below it there. `.ci/bless macros` writes
/// that anew.
#[track_caller]
pub(crate) fn compare(name: &str, expand: fn(&str) -> TokenStream) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/expansions").join(name);
    let text = fs::read_to_string(&path).expect("the snapshot is there");
    let (source, expected) = text.split_once(BECOMES).expect("a line between the source and its expansion");
    let items = syn::parse2::<File>(expand(source)).expect("the expansion is items");
    let expansion = format!("\n{}", prettyplease::unparse(&items));
    if std::env::var_os("BLESS").is_some() {
        fs::write(path, format!("{source}{BECOMES}{expansion}")).expect("the snapshot can be written");
    } else {
        assert_eq!(expansion, expected, "{name}");
    }
}
