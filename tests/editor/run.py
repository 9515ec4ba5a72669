#!/usr/bin/env python3
"""What rust-analyzer makes of calls that are finished, and of such that are being typed. CONTRIBUTING.md says how to run it.

The fixture's files have marks: `/*@mark*/` stands before a word, or where the cursor is. Each row below asks something there,
and fails when the answer is not as it should be. The table goes to stdout.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
from lsp import Server  # noqa: E402

HERE = Path(__file__).resolve().parent
FIXTURE = HERE / "fixture"

# The cursor's mark, and what must be among the words that are offered there.
COMPLETIONS = {
    "in a tuple: `gather!(f(), client.|)`": ("tuple", "user orders"),
    "alone: `gather!(client.|)`": ("only", "user orders"),
    "in a record: `user => client.|,`": ("record", "user orders"),
    "before a line that follows without `,`": ("line", "user orders"),
    "in the middle of a word: `client.us|`": ("partial", "user"),
    "before `?`: `client.|?`": ("question", "user orders"),
    "in an argument: `client.user(client.settings.|)`": ("nested", "places"),
    "nothing typed yet: `user => |,`": ("hole", "client"),
    "the first word: `user => cli|`": ("word", "client"),
    "behind an operator: `client.user(1 + |)`": ("operator", "client"),
    "in a path: `AppError::|`": ("path", "Empty"),
    "in an async block": ("block", "user orders advice"),
    "in a list: `*client.|`": ("star", "children"),
    "in the closure of a list": ("closure", "user orders"),
    "in a struct: `Page { .., orders: client.| }`": ("struct", "user orders"),
    "a field of a struct: `Page { .., or| }`": ("field", "orders"),
    "the next field of a struct: `Page { .., | }`": ("next_field", "orders advice"),
    "in angle brackets: `gather!(< user => client.| >)`": ("angles", "user orders"),
    "before the second is typed: `gather!(< user => client.|)`": ("open_angles", "user orders"),
    "in a dependant: `|user| client.|`": ("dependant", "user orders"),
    "on what it waits for: `|user| f(user.|)`": ("dependency", "name"),
    "the same in `async |user| { .. }`": ("async", "name"),
    "between the bars: `|us|| ..`": ("bars", "user"),
    "beside options: `client.|; return_exceptions`": ("optioned", "user orders"),
    "beside `spawn`": ("spawned", "user orders"),
    "the value of `limit`": ("limit", "places"),
    "the value of `timeout`": ("timeout", "patience"),
    "the value of `until`": ("until", "closed"),
    "the value of `error`": ("error", "AppError"),
    "the value of `spawn`": ("spawn", "runtime"),
    "fields of the result: `r.|`": ("result", "user orders"),
    "fields of a result with a half-typed member": ("result_user", "name"),
    "under `#[gather_group]`: `let a = client.|;`": ("attribute", "user orders"),
    "under it, in an argument, with `.await`": ("attribute_nested", "name"),
    "under it, in a statement": ("attribute_statement", "name"),
    "the value of its `limit`": ("argument_value", "places"),
}

# The mark, what must be offered, and a part of what is explained beside the first of it.
OPTIONS = {
    "options: `gather!(..; |)`": ("option", "return_exceptions limit timeout until spawn error", "Every member runs to its end"),
    "half a word: `; ret|`": ("option_word", "return_exceptions", "Every member runs to its end"),
    "the second option: `; .., lim|`": ("next_option", "limit", "At most this many members"),
    "arguments: `#[gather_group(lim|)]`": ("argument", "limit", "At most this many members"),
}

# From a mark to a mark.
DEFINITIONS = {
    "`r.user` -> `user =>`": ("record.use.user", "record.user"),
    "`r.orders` -> `orders =>`": ("record.use.orders", "record.orders"),
    "`r.user` of a group under `return_exceptions`": ("kept.use.orders", "kept.orders"),
    "`r.advice` -> `advice =>`, a dependant": ("needs.use.advice", "needs.advice"),
    "`r.user` -> `user =>`, which others wait for": ("needs.use.user", "needs.user"),
    "`user` in a body -> between the bars": ("needs.body", "needs.bar"),
    "`user` between the bars -> `user =>`": ("needs.bar", "needs.user"),
    "`r.name` of a spawned group": ("spawned.name", "spawned.name.member"),
    "a variable under `#[gather_group]`": ("attribute.use.user", "attribute.user"),
}
REFERENCES = {
    "`user =>` -> `r.user`": ("record.user", "record.use.user"),
    "`advice =>` -> `r.advice`, a dependant": ("needs.advice", "needs.use.advice"),
    "`user =>` -> between the bars": ("needs.user", "needs.bar"),
}
DEFINITIONS_ELSEWHERE = {
    "a method in a member": ("record.method", "pub async fn user"),
    "a field of a struct: `Page { user: .. }`": ("struct.user", "pub user: User"),
    "a method under `#[gather_group]`": ("attribute.method", "pub async fn user"),
}

# The mark, and what the popup must say.
HOVERS = {
    "the member's name": ("record.user", r"\buser: .*\bUser\b|\bUser\b"),
    "the field `r.user`": ("record.use.user", r"\buser: .*\bUser\b"),
    "the field of a `?` member": ("record.use.orders", r"\borders: .*Vec<u64>"),
    "the field of a list": ("record.use.all", r"\ball: .*Vec<.*User>"),
    "a field under `return_exceptions`": ("kept.use.user", r"\buser: .*Result<.*User, .*Exception"),
    "of a `Result`, under `return_exceptions`": ("kept.use.orders", r"\borders: .*Result<.*Vec<u64>.*, .*Exception<"),
    "the field of a dependant": ("needs.use.advice", r"\badvice: .*String"),
    "what a dependant waits for, in its body": ("needs.body", r"\buser: .*&.*User"),
    "a part of a tuple": ("tuple.user", r"\buser: .*User"),
    "a part of a tuple, a `Result`": ("tuple.orders", r"\borders: .*Result<.*Vec<u64>.*, .*AppError>"),
    "a list alone": ("list.users", r"\busers: .*Vec<.*User>"),
    "a spawned group": ("spawned.group", r"\bgroup: .*Group<"),
    "a field of a spawned group": ("spawned.orders", r"\borders: .*Vec<u64>"),
    "a value in a member": ("record.client", r"\bclient: &.*Client"),
    "an option": ("option.policy", r"Every member runs to its end"),
    "an option with a value": ("option.limit", r"At most this many members"),
    "a variable under `#[gather_group]`": ("attribute.user", r"\buser: .*User"),
    "an argument of `#[gather_group]`": ("attribute.limit", r"At most this many members"),
}

PEERS = ["tokio", "futures", "maybe", "gather"]
PEER_NAMES = {"tokio": "`tokio::join!`", "futures": "`futures::join!`", "maybe": "`join_me_maybe::join!`", "gather": "`gather!`"}
PEER_ROWS = {
    "`m!(client.|, f())`": ("first", "user"),
    "`m!(f(), client.|)`": ("last", "user"),
    "`m!(f(), client.us|)`": ("word", "user"),
    "`m!(f(), client.user(client.settings.|))`": ("nested", "places"),
    "`m!(f(), |)`": ("hole", "client"),
}


def standard_library():
    """The sources that rust-analyzer reads: the toolchain's, since with those of another version it knows less."""
    sysroot = subprocess.run(["rustc", "--print", "sysroot"], check=True, capture_output=True, text=True).stdout.strip()
    place = f"{sysroot}/lib/rustlib/src/rust/library"
    if os.path.isdir(place):
        return place
    raise SystemExit("no sources of the standard library: `rustup component add rust-src`, or give --std FOLDER")


def right_programs():
    listed = re.findall(r'^path = "(.*/examples/.*)"', (FIXTURE / "Cargo.toml").read_text(), re.MULTILINE)
    return [(FIXTURE / path).resolve() for path in listed]


class Marks:
    """Where the marks of all files are."""

    def __init__(self, files):
        self.before, self.after = {}, {}
        for path in files:
            for number, line in enumerate(path.read_text().split("\n")):
                code = "" if line.startswith("//!") else line
                for mark in re.finditer(r"/\*@([\w.]+)\*/", code):
                    assert mark[1] not in self.before, f"the mark {mark[1]} is there twice"
                    self.before[mark[1]] = (str(path), (number, mark.start()))
                    self.after[mark[1]] = (str(path), (number, mark.end()))


class Report:
    def __init__(self):
        self.failed = 0

    def row(self, title, cells, right):
        self.failed += not right
        print("| " + " | ".join([title.replace("|", "\\|"), *cells]) + " |", flush=True)

    def head(self, *titles):
        print("\n| " + " | ".join(titles) + " |\n|" + "---|" * len(titles), flush=True)


def label(item):
    return re.split(r"[(\s:!<]", item["label"])[0]


def missing(server, place, wanted):
    items = {label(item): item for item in server.completions(*place)}
    return [word for word in wanted.split() if word not in items], items


def answer(lost):
    return "yes" if not lost else "no: " + ", ".join(lost)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--rust-analyzer", default=shutil.which("rust-analyzer"))
    arguments.add_argument("--std", help="the folder `library` of Rust's sources")
    arguments.add_argument("--show", help="print what is offered, and the expansion, at this mark, and nothing else")
    arguments = arguments.parse_args()
    files = sorted((FIXTURE / "src").glob("*.rs"))
    marks = Marks(files)
    print(subprocess.run([arguments.rust_analyzer, "--version"], check=True, capture_output=True, text=True).stdout.strip())
    settings = {
        "cargo": {"sysrootSrc": arguments.std or standard_library(), "targetDir": True},
        "checkOnSave": False,
        "cachePriming": {"enable": False},
        "completion": {"autoimport": {"enable": False}, "postfix": {"enable": False}, "limit": None},
    }
    log = os.path.join(tempfile.gettempdir(), "gather-rust-analyzer.log")
    server = Server(arguments.rust_analyzer, FIXTURE, settings, log)
    for path in [*files, *right_programs()]:
        server.open(str(path))
    server.wait_until_loaded()
    if arguments.show:
        show(server, marks, arguments.show)
        server.close()
        return 0
    report = Report()
    completions(server, marks, report)
    words(server, marks, report)
    definitions(server, marks, report)
    hovers(server, marks, report)
    errors(server, report)
    peers(server, marks, report)
    server.close()
    print(f"\n{report.failed} rows failed" if report.failed else "\nevery row is as it should be")
    return 1 if report.failed else 0


def completions(server, marks, report):
    report.head("completion", "offers what is there")
    for title, (mark, wanted) in COMPLETIONS.items():
        lost, _ = missing(server, marks.before[mark], wanted)
        report.row(title, [answer(lost)], not lost)


def words(server, marks, report):
    report.head("completion of words", "offers them", "with their docs")
    for title, (mark, wanted, docs) in OPTIONS.items():
        lost, items = missing(server, marks.before[mark], wanted)
        first = wanted.split()[0]
        explained = not lost and docs in server.documentation(items[first])
        report.row(title, [answer(lost), "yes" if explained else "no"], not lost and explained)


def definitions(server, marks, report):
    report.head("go to definition", "gets there")
    for title, (mark, target) in DEFINITIONS.items():
        found = server.definitions(*marks.after[mark])
        # A name between bars is a variable as well, and its own definition.
        right = marks.after[target] in found and set(found) <= {marks.after[target], marks.after[mark]}
        report.row(title, ["yes" if right else f"no: {found}"], right)
    for title, (mark, target) in DEFINITIONS_ELSEWHERE.items():
        found = server.definitions(*marks.after[mark])
        lines = {server.texts[path].split("\n")[line] for path, (line, _) in found if path in server.texts}
        right = bool(lines) and all(target in line for line in lines)
        report.row(title, ["yes" if right else f"no: {found}"], right)


    report.head("find references", "finds it")
    for title, (mark, target) in REFERENCES.items():
        right = marks.after[target] in server.references(*marks.after[mark])
        report.row(title, ["yes" if right else "no"], right)


def hovers(server, marks, report):
    report.head("hover on", "says")
    for title, (mark, wanted) in HOVERS.items():
        text = " ".join(server.hover(*marks.after[mark]).split())
        # Above the last declaration stands its module, or what else has this place in the expansion.
        text = text[max(text.rfind("```rust"), 0):]
        right = re.search(wanted, text) is not None
        code = re.findall(r"```rust (.*?) ```", text)[-1:]
        # What the parameters of a record are.
        filled = re.findall(r"--- (`T\d+` = .*?)(?: ---|$)", text)
        report.row(title, [said(code[0], filled) if right else f"no: {text}"], right)


def said(code, filled):
    name = code.rsplit(" ", 1)[-1]
    value = [part for part in re.split(r", (?=`T\d+` = )", filled[0]) if part.startswith(f"`{name}`")] if filled else []
    return f"`{code}`" + "".join(f", {part}" for part in value)


def errors(server, report):
    report.head("right programs", "where they are marked red")
    paths = [FIXTURE / "src/correct.rs", *right_programs()]
    found = [(path.name, *error) for path in paths for error in server.errors(str(path))]
    shown = "; ".join(f"{name}:{line + 1}:{column + 1} {message}" for name, line, column, message in found)
    title = f"`tests/editor/fixture/src/correct.rs` and {len(paths) - 1} of the examples"
    report.row(title, [shown or "nowhere"], not found)


def peers(server, marks, report):
    """The others are what they are: only `gather!` can fail here."""
    report.head("completion in", *[PEER_NAMES[peer] for peer in PEERS])
    for title, (row, wanted) in PEER_ROWS.items():
        lost = {peer: missing(server, marks.before[f"{peer}.{row}"], wanted)[0] for peer in PEERS}
        report.row(title, ["no" if lost[peer] else "yes" for peer in PEERS], not lost["gather"])


def show(server, marks, mark):
    path, position = marks.before[mark]
    print("offered:", [item["label"] for item in server.completions(path, position)][:60])
    print("hover:", server.hover(*marks.after[mark]))
    print("definitions:", server.definitions(*marks.after[mark]))
    line, character = position
    text = server.texts[path].split("\n")
    while "gather" not in text[line]:
        line -= 1
    print("expansion:", server.expansion(path, (line, text[line].index("gather"))))


if __name__ == "__main__":
    sys.exit(main())
