//! What is public, name by name: `tests/public_api.txt`. `.ci/bless public_api` writes it anew.
//!
//! It is read from the pages that rustdoc makes, which any Rust can, in the features that all users have together.
#![cfg(feature = "tokio")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/public_api.txt");

/// What rustc has for itself, and shows in some versions.
const UNSTABLE: [&str; 3] = ["Freeze", "StructuralPartialEq", "UnsafeUnpin"];

#[test]
fn nothing_public_changes_unseen() {
    let doc = Path::new(env!("CARGO_TARGET_TMPDIR")).join("public_api");
    let made = Command::new(env!("CARGO"))
        .args(["doc", "--package", "gather", "--lib", "--no-deps", "--all-features", "--offline", "--quiet"])
        .arg("--target-dir")
        .arg(&doc)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_remove("RUSTFLAGS")
        .env_remove("RUSTDOCFLAGS")
        .status();
    assert!(made.expect("cargo").success());

    let mut items = BTreeMap::new();
    pages(&doc.join("doc/gather"), "gather", &mut items);
    assert!(items.len() > 8, "the pages of rustdoc are not read: {:?}", items.keys());
    let api: Vec<String> = items.into_values().collect();
    let api = api.join("\n");

    if env::var_os("BLESS").is_some() {
        fs::write(FILE, api).expect("the file can be written");
        return;
    }
    let before = fs::read_to_string(FILE).expect("tests/public_api.txt");
    let gone = before.lines().filter(|line| !api.lines().any(|new| new == *line)).map(|line| format!("- {line}\n"));
    let new = api.lines().filter(|line| !before.lines().any(|old| old == *line)).map(|line| format!("+ {line}\n"));
    let changes: String = gone.chain(new).collect();
    assert!(
        api == before,
        "what is public has changed: see docs/versions.md for what is breaking; .ci/bless public_api writes tests/public_api.txt anew\n{changes}"
    );
}

/// What the pages of a module and of those below it say, by path and kind.
fn pages(folder: &Path, module: &str, items: &mut BTreeMap<String, String>) {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).expect("the pages").map(|entry| entry.expect("a page").path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().and_then(|name| name.to_str()).expect("names are text").to_owned();
        if path.is_dir() {
            pages(&path, &format!("{module}::{name}"), items);
            continue;
        }
        let page = fs::read_to_string(&path).expect("a page is text");
        if name == "index.html" {
            items.insert(format!("{module} mod"), format!("mod {module}\n"));
        } else if let Some((kind, rest)) = name.split_once('.')
            && let Some(item) = rest.strip_suffix(".html")
            && !page.contains("http-equiv=\"refresh\"")
            && kind != "sidebar-items"
        {
            items.insert(format!("{module}::{item} {kind}"), self::item(&format!("{kind} {module}::{item}"), &page));
        }
    }
}

/// An item's own declaration, then those of its methods, and its traits with their types.
fn item(title: &str, page: &str) -> String {
    let mut listed = format!("{title}\n");
    // What holds of any type, as `impl<T> From<T> for T`, comes last and is nothing of ours.
    let own = page.split("id=\"blanket-implementations\"").next().unwrap_or(page);
    // Methods by `Deref` are listed where they belong.
    let (own, traits) = own.split_once("id=\"trait-implementations\"").unwrap_or((own, ""));
    let own = format!("{}{traits}", own.split("id=\"deref-methods").next().unwrap_or(own));
    if let Some(declaration) = between(&own, "<pre class=\"rust item-decl\">", "</pre>") {
        for line in text(declaration).lines().filter(|line| !line.trim().is_empty()) {
            let _ = writeln!(listed, "    {}", line.trim_end());
        }
    }
    let mut traits = Vec::new();
    let mut rest = own.as_str();
    while let Some((before, after)) = rest.split_once("class=\"code-header\">") {
        let of_a_trait = before.rsplit_once("<section").is_some_and(|(_, section)| section.contains("trait-impl"));
        let (header, after) = after.split_once("</h").unwrap_or((after, ""));
        rest = after;
        let header = text(header).split_whitespace().collect::<Vec<_>>().join(" ");
        let is_impl = before.ends_with("<h3 ");
        if is_impl && header.contains(" for ") {
            traits.push(header);
        } else if is_impl && header.starts_with("impl") {
            let _ = writeln!(listed, "    {header}");
        } else if !of_a_trait && !is_impl {
            let _ = writeln!(listed, "        {header}");
        } else if header.starts_with("type ")
            && let Some(of) = traits.last_mut()
        {
            let _ = write!(of, "; {header}");
        }
    }
    traits.retain(|header| !is_unstable(header));
    traits.sort();
    for header in traits {
        let _ = writeln!(listed, "    {header}");
    }
    listed
}

/// `impl<T> Trait for ..`, or with a `!` before the trait.
fn is_unstable(header: &str) -> bool {
    let name = header.split(" for ").next().and_then(|before| before.rsplit([' ', '!', '>']).next());
    name.is_some_and(|name| UNSTABLE.contains(&name))
}

fn between<'a>(page: &'a str, start: &str, end: &str) -> Option<&'a str> {
    Some(page.split_once(start)?.1.split_once(end)?.0)
}

/// Without tags and with the signs that HTML writes as words.
fn text(html: &str) -> String {
    let mut text = String::new();
    for part in html.split('<') {
        match part.split_once('>') {
            Some((tag, after)) => {
                if tag.starts_with("div") || tag == "/div" {
                    text.push('\n');
                }
                text.push_str(after);
            }
            None => text.push_str(part),
        }
    }
    for (word, sign) in
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&amp;", "&")]
    {
        text = text.replace(word, sign);
    }
    text
}
