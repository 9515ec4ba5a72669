//! The program, run as users run it.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("the example prints text")
}

/// The hashes are those that `sha256sum` prints for the same contents.
const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const HELLO: &str = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03";

fn tally(arguments: &[&Path]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tally")).args(arguments).output().expect("the example starts")
}

#[test]
fn tally_lists_every_file_in_order() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path();
    let hello = root.join("sub").join("hello");
    let zero = root.join("zero");
    fs::create_dir(root.join("sub")).unwrap();
    fs::write(&hello, "hello\n").unwrap();
    fs::write(&zero, "").unwrap();

    let output = tally(&[root]);
    let (hello, zero) = (hello.display(), zero.display());
    assert_eq!(text(&output.stdout), format!("{HELLO}  {hello}\n{EMPTY}  {zero}\n"));
    assert_eq!(text(&output.stderr), "tally: 1 of 2 files\ntally: 2 of 2 files\ntally: 2 files, 6 bytes\n");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn tally_compares_all_cores_with_one_file_after_the_other() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let hello = folder.path().join("hello");
    fs::write(&hello, "hello\n").unwrap();

    let output = tally(&[Path::new("--compare"), folder.path()]);
    assert_eq!(text(&output.stdout), format!("{HELLO}  {}\n", hello.display()));
    let stderr = text(&output.stderr);
    let times = stderr.strip_prefix("tally: 1 of 1 files\ntally: 1 files, 6 bytes\ntally: ").expect("the report");
    assert!(times.contains(" one by one: ") && times.ends_with("too little work to compare\n"), "{times}");
    assert_eq!(output.status.code(), Some(0));
}

#[cfg(unix)]
#[test]
fn tally_goes_on_past_what_cannot_be_read() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;

    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path();
    symlink("nowhere", root.join("a-dangling")).unwrap();
    symlink("b-self", root.join("b-self")).unwrap();
    symlink(".", root.join("c-loop")).unwrap();
    fs::write(root.join("d-hello"), "hello\n").unwrap();
    symlink("d-hello", root.join("e-link")).unwrap();
    let _socket = UnixListener::bind(root.join("f-socket")).unwrap();
    fs::write(root.join(OsStr::from_bytes(b"g-\xff\n")), "").unwrap();

    let output = tally(&[root]);
    let root = root.display();
    assert_eq!(
        text(&output.stdout),
        format!("{HELLO}  {root}/d-hello\n{HELLO}  {root}/e-link\n{EMPTY}  \"{root}/g-\\xFF\\n\"\n")
    );
    let stderr = text(&output.stderr);
    let (_progress, report) = stderr.split_once("tally: 5 of 5 files\n").expect("the progress ends with the last file");
    assert!(report.contains(&format!("tally: {root}/a-dangling: No such file")), "{report}");
    assert!(report.contains(&format!("tally: {root}/b-self: Too many levels")), "{report}");
    assert!(report.ends_with("tally: 3 files, 12 bytes, 2 unreadable, 1 special files skipped\n"), "{report}");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn tally_of_an_empty_folder_is_empty() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = tally(&[folder.path()]);
    assert_eq!(text(&output.stdout), "");
    assert_eq!(text(&output.stderr), "tally: 0 files, 0 bytes\n");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn tally_explains_a_wrong_argument() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let missing = folder.path().join("missing");
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let one = folder.path();

    for (arguments, explanation) in [
        (&[][..], "usage: tally [--compare] FOLDER\n".to_owned()),
        (&[one, one][..], "usage: tally [--compare] FOLDER\n".to_owned()),
        (&[&*file][..], format!("tally: {}: not a folder\n", file.display())),
        (&[&*missing][..], format!("tally: {}: ", missing.display())),
    ] {
        let output = tally(arguments);
        assert_eq!(text(&output.stdout), "");
        let stderr = text(&output.stderr);
        assert!(stderr.starts_with(&explanation), "{stderr}");
        assert_eq!(output.status.code(), Some(2));
    }
}
