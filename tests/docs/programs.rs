//! Builds the programs of pages in a crate with the dependencies that a page names, and runs them.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::blocks::{Kind, Program, programs, toml, too_wide};
use crate::page::{Page, page, pages, root};

/// A crate with the programs as its modules; its argument says which of them runs.
struct Crate {
    name: &'static str,
    folder: PathBuf,
}

/// A program that does not end must not hold a machine for ever.
const WATCH: &str = "
fn watch() {
    std::thread::spawn(|| {
        std::thread::sleep(std::time::Duration::from_secs(60));
        eprintln!(\"it did not end\");
        std::process::exit(98);
    });
}
";

impl Crate {
    fn new(name: &'static str, dependencies: &str, edition: &str, programs: &[Program]) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let source = folder.join("src");
        // What an earlier version of the pages left is no part of this one.
        let _ = fs::remove_dir_all(&source);
        fs::create_dir_all(&source).expect("a folder for the crate");

        let here = root().to_str().expect("a readable path").replace('\\', "/");
        let dependencies = dependencies.replace("\"../gather\"", &format!("\"{here}\""));
        assert!(dependencies.contains(&here), "the dependency on gather is `path = \"../gather\"`:\n{dependencies}");
        let manifest =
            format!("[workspace]\n\n[package]\nname = \"{name}\"\nedition = \"{edition}\"\n\n{dependencies}");
        fs::write(folder.join("Cargo.toml"), manifest).expect("its manifest");
        fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).expect("the versions of the workspace");

        let mut main = String::from("#![deny(warnings)]\n\nuse std::process::{ExitCode, Termination};\n\n");
        let mut arms = String::new();
        for Program { name, kind, code, .. } in programs {
            let _ = writeln!(main, "mod {name};");
            let _ = writeln!(arms, "        Some(\"{name}\") => {name}::run_block().report(),");
            let module = match kind {
                Kind::Program => {
                    format!("{code}\npub fn run_block() -> impl std::process::Termination {{\n    main()\n}}\n")
                }
                Kind::Fragment => format!("#[tokio::main]\npub async fn run_block() {{\n{code}}}\n"),
            };
            fs::write(source.join(format!("{name}.rs")), module).expect("a module");
        }
        let _ = write!(
            main,
            "{WATCH}\nfn main() -> ExitCode {{\n    watch();\n    match std::env::args().nth(1).as_deref() {{\n{arms}        _ => ExitCode::from(99),\n    }}\n}}\n"
        );
        fs::write(source.join("main.rs"), main).expect("its main file");
        Self { name, folder }
    }

    fn build_and_run(&self, programs: &[Program]) {
        let output = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--offline"])
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", target())
            .env("CARGO_PROFILE_DEV_DEBUG", "false")
            .env_remove("RUSTFLAGS")
            .output()
            .expect("cargo");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let wrong: Vec<String> = programs.iter().filter_map(|program| self.run(program).err()).collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    fn run(&self, program: &Program) -> Result<(), String> {
        let binary = target().join("debug").join(format!("{}{}", self.name, std::env::consts::EXE_SUFFIX));
        let output = Command::new(binary).arg(&program.name).current_dir(root()).output().expect("the crate's program");
        let printed = String::from_utf8_lossy(&output.stdout);
        if !output.status.success() {
            return Err(format!("{}: {}\n{}", program.name, output.status, String::from_utf8_lossy(&output.stderr)));
        }
        match &program.prints {
            Some(expected) if *expected != printed => {
                Err(format!("{} prints\n{printed}\nand the page says\n{expected}", program.name))
            }
            _ => Ok(()),
        }
    }
}

/// The crates share what they depend on.
fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("docs-target")
}

#[test]
fn the_readme_builds_and_prints_what_it_says() {
    let readme = page("README.md");
    let programs = programs(&readme);
    let dependencies = toml(&readme);
    assert!(programs.iter().any(|program| program.kind == Kind::Program && program.prints.is_some()));
    for (name, edition) in [("readme-2021", "2021"), ("readme-2024", "2024")] {
        Crate::new(name, &dependencies, edition, &programs).build_and_run(&programs);
    }
}

#[test]
fn the_guide_builds_and_prints_what_it_says() {
    // Its programs are tested where their crates are: in `tests/tracing`.
    let mut pages: Vec<Page> =
        pages("docs/guide").into_iter().filter(|page| !page.path.ends_with("seeing.md")).collect();
    pages.extend([page("docs/gather.md"), page("docs/gather_group.md")]);
    let programs: Vec<Program> = pages.iter().flat_map(programs).collect();
    assert!(programs.len() > 40, "only {} programs were found", programs.len());
    let guide = Crate::new("guide", &toml(&page("docs/guide/README.md")), "2024", &programs);
    guide.build_and_run(&programs);
}

/// Beside the sidebar 78 characters fit in a window of 1100 pixels, and 92 in one of 1200.
#[test]
fn nothing_is_cut_off_at_the_edge() {
    let narrow = ["README.md", "docs/gather.md"].map(|path| (page(path), 78));
    let wide = pages("docs/guide").into_iter().chain([page("docs/gather_group.md")]).map(|page| (page, 92));
    for (page, width) in narrow.into_iter().chain(wide) {
        assert_eq!(too_wide(&page, width), [""; 0], "{} has blocks that are wider than {width}", page.path);
    }
}

#[test]
fn the_readme_is_a_landing_page() {
    let lines = page("README.md").text.lines().count();
    assert!(lines <= 180, "the README has {lines} lines; what is longer belongs into the guide");
}
