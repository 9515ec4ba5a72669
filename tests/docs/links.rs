//! Every link of the pages leads somewhere: on a code host, on docs.rs and in the docs that `cargo doc` makes.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use pulldown_cmark::{BrokenLink, CowStr, Event, Options, Parser, Tag, TagEnd};

use crate::page::{Page, page, pages, root};

/// Where the docs of the published crate are.
const DOCS: &str = "https://docs.rs/gather/latest/";

/// Addresses outside of the project, which no test asks. They were looked at when they were written down here.
const ELSEWHERE: [&str; 22] = [
    "https://crates.io/crates/",
    "https://doc.rust-lang.org/",
    "https://docs.python.org/3/",
    "https://docs.rs/anyhow/",
    "https://docs.rs/axum/",
    "https://docs.rs/console-subscriber",
    "https://docs.rs/critical-section",
    "https://docs.rs/eyre/",
    "https://docs.rs/futures/",
    "https://docs.rs/futures-core/",
    "https://docs.rs/futures-concurrency/",
    "https://docs.rs/loom",
    "https://docs.rs/thiserror/",
    "https://docs.rs/tokio/",
    "https://docs.rs/tracing",
    "https://docs.rs/tracing-chrome",
    "https://docs.rs/tracing-indicatif",
    "https://docs.rs/tracing-opentelemetry",
    "https://docs.rs/tracing-subscriber",
    "https://effect.website/",
    "https://semver.org",
    "https://ui.perfetto.dev",
];

struct Link {
    to: String,
    line: usize,
}

fn links(page: &Page) -> Vec<Link> {
    // A link without a definition is plain text to a reader.
    let mut undefined = Vec::new();
    let mut note = |link: BrokenLink<'_>| -> Option<(CowStr<'_>, CowStr<'_>)> {
        undefined.push(format!("{}: `[{}]` is not defined", page.path, link.reference));
        None
    };
    let mut links = Vec::new();
    let parser = Parser::new_with_broken_link_callback(&page.text, Options::ENABLE_TABLES, Some(&mut note));
    for (event, range) in parser.into_offset_iter() {
        if let Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) = event {
            let line = page.text[..range.start].lines().count() + 1;
            links.push(Link { to: dest_url.to_string(), line });
        }
    }
    assert!(undefined.is_empty(), "{}", undefined.join("\n"));
    links
}

/// The anchors that a code host gives to the headings of a page.
fn anchors(page: &Page) -> Vec<String> {
    let mut anchors = Vec::new();
    let mut heading: Option<String> = None;
    for event in Parser::new_ext(&page.text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => anchors.extend(heading.take().map(|text| slug(&text))),
            Event::Text(text) | Event::Code(text) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&text);
                }
            }
            _ => {}
        }
    }
    anchors
}

fn slug(heading: &str) -> String {
    let kept = heading
        .to_lowercase()
        .chars()
        .filter(|&char| char.is_alphanumeric() || " -_".contains(char))
        .collect::<String>();
    kept.replace(' ', "-")
}

/// Says what is wrong with a link of a page.
fn problem(page: &Page, to: &str) -> Option<String> {
    if let Some(path) = to.strip_prefix(DOCS) {
        return missing(&rendered().join(path_of_docs(path)), fragment(path));
    }
    if to.starts_with("https://") {
        let known = ELSEWHERE.iter().any(|start| to.starts_with(start));
        return (!known).then(|| "an address that nobody vouches for".to_owned());
    }
    let (file, fragment) = to.split_once('#').unwrap_or((to, ""));
    let here = root().join(&page.path);
    let target = if file.is_empty() { here } else { here.parent().expect("a folder").join(file) };
    if !target.exists() {
        return Some("there is no such file".to_owned());
    }
    if fragment.is_empty() {
        return None;
    }
    let text = fs::read_to_string(&target).unwrap_or_default();
    let there = anchors(&Page { path: file.to_owned(), text });
    (!there.iter().any(|anchor| anchor == fragment)).then(|| format!("no such heading; there are {there:?}"))
}

fn path_of_docs(path: &str) -> String {
    let file = path.split('#').next().unwrap_or_default();
    if file.ends_with('/') { format!("{file}index.html") } else { file.to_owned() }
}

fn fragment(path: &str) -> &str {
    path.split_once('#').map_or("", |(_, fragment)| fragment)
}

/// Says whether a page of the rendered docs, or the place in it, is missing.
fn missing(file: &Path, fragment: &str) -> Option<String> {
    let Ok(text) = fs::read_to_string(file) else { return Some(format!("{} is not there", file.display())) };
    let there = fragment.is_empty() || text.contains(&format!("id=\"{fragment}\""));
    (!there).then(|| format!("{} has no `{fragment}`", file.display()))
}

/// The folder of the docs, made anew where something has changed.
fn rendered() -> &'static Path {
    static RENDERED: OnceLock<PathBuf> = OnceLock::new();
    RENDERED.get_or_init(|| {
        // Beside `tmp`, so that what is built already is not built again.
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("the target directory");
        let output = Command::new(env!("CARGO"))
            .args(["doc", "--quiet", "--offline", "-p", "gather", "--no-deps", "--all-features"])
            .current_dir(root())
            .env("CARGO_TARGET_DIR", target)
            .output()
            .expect("cargo");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        target.join("doc")
    })
}

fn check(pages: &[Page]) {
    let mut wrong = Vec::new();
    for page in pages {
        for Link { to, line } in links(page) {
            wrong.extend(problem(page, &to).map(|problem| format!("{}:{line}: {to}: {problem}", page.path)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn links_of_the_readme_work_everywhere() {
    let readme = page("README.md");
    let relative: Vec<String> =
        links(&readme).into_iter().map(|link| link.to).filter(|to| !to.starts_with("https://")).collect();
    assert!(relative.is_empty(), "the README is also shown where these lead nowhere: {relative:?}");
    check(&[readme]);
}

#[test]
fn links_of_the_pages_lead_somewhere() {
    let mut all = pages("docs");
    all.extend(["CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"].map(page));
    all.extend(pages("examples"));
    check(&all);
}

/// The links of a page as rustdoc shows it, which differ from those on a code host.
#[test]
fn links_of_the_rendered_pages_lead_somewhere() {
    let gather = rendered().join("gather");
    let mut files =
        vec![gather.join("index.html"), gather.join("macro.gather.html"), gather.join("attr.gather_group.html")];
    for entry in fs::read_dir(gather.join("guide")).expect("the guide").map(|entry| entry.expect("a page of it").path())
    {
        let file = if entry.is_dir() { entry.join("index.html") } else { entry };
        files.extend(file.extension().is_some_and(|extension| extension == "html").then_some(file));
    }
    assert!(files.len() > 10, "{files:?}");

    let mut texts: HashMap<PathBuf, String> = HashMap::new();
    let mut wrong = Vec::new();
    for file in &files {
        let text = fs::read_to_string(file).expect("a rendered page");
        for to in text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let (path, fragment) = to.split_once('#').unwrap_or((to, ""));
            if path.contains("://") || path.contains("static.files") || path.contains("/src/") {
                continue;
            }
            let target = if path.is_empty() { file.clone() } else { file.parent().expect("a folder").join(path) };
            let there = texts.entry(target.clone()).or_insert_with(|| fs::read_to_string(&target).unwrap_or_default());
            // rustdoc makes the anchors of its own pages' sections by a script.
            if there.is_empty() || !(fragment.is_empty() || there.contains(&format!("id=\"{fragment}\""))) {
                wrong.push(format!("{}: {to}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
