//! Whom an expansion is for.

use std::path::Path;
use std::sync::OnceLock;

/// A compiler wants every mistake once and nothing of a member that is wrong. An editor asks while the member is being
/// typed, and wants to find its tokens whatever they are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Reader {
    Compiler,
    Editor,
}

impl Reader {
    /// rust-analyzer runs macros in a program of its own, which is the only sign of it in here: `cfg(rust_analyzer)` is set for
    /// the crates in the user's folders, and not for a library from elsewhere.
    pub(crate) fn of_this_process() -> Self {
        static READER: OnceLock<Reader> = OnceLock::new();
        *READER.get_or_init(|| match std::env::current_exe() {
            Ok(program) if is_rust_analyzer(&program) => Self::Editor,
            _ => Self::Compiler,
        })
    }
}

fn is_rust_analyzer(program: &Path) -> bool {
    let name = program.file_name().and_then(|name| name.to_str());
    name.is_some_and(|name| name.starts_with("rust-analyzer"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_server_is_known_by_name() {
        for (program, expected) in [
            ("/usr/lib/rustlib/libexec/rust-analyzer-proc-macro-srv", true),
            ("/home/me/.vscode/extensions/server/rust-analyzer", true),
            ("/usr/bin/rustc", false),
            ("/home/me/rust-analyzer/target/debug/rustc", false),
            ("/", false),
        ] {
            assert_eq!(is_rust_analyzer(Path::new(program)), expected, "{program}");
        }
        assert_eq!(Reader::of_this_process(), Reader::Compiler);
    }
}
