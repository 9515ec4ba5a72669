#!/usr/bin/env python3
"""What a call costs to compile: checking a call site, building the dependencies, and code per call site.

Times are user CPU time of cargo and all its children, the least of several runs in turn, so that other work on the machine
matters little. Prints Markdown.

    benches/compile_cost.py [--rounds 5] [--tree-rounds 3] [--only check,size,tree]
"""

import argparse
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import time

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", REPOSITORY / "target")).resolve() / "compile-cost"
SITES = 100
MEMBERS = 8



def unused(members):
    """Makes the members and does nothing with them: what a program costs without the calls."""
    return f"{{ drop(({', '.join(members)})); ({', '.join('0' for _ in members)}) }}"


# How each contender writes a call of these members.
CONTENDERS = {
    "none": unused,
    "gather": lambda m: f"gather::gather!({', '.join(m)}).await",
    "gather record": lambda m: "{ let r = gather::gather! { "
    + ", ".join(f"f{i} => {x}" for i, x in enumerate(m))
    + " }.await; ("
    + ", ".join(f"r.f{i}" for i in range(len(m)))
    + ") }",
    "tokio": lambda m: f"tokio::join!({', '.join(m)})",
    "tokio biased": lambda m: f"tokio::join!(biased; {', '.join(m)})",
    "futures": lambda m: f"futures::join!({', '.join(m)})",
    "join_me_maybe": lambda m: f"join_me_maybe::join!({', '.join(m)})",
    "fc tuple": lambda m: f"({', '.join(m)}).join().await",
}
# What may fail has its own members and its own peers.
FALLIBLE = {
    "none ?": unused,
    "gather ?": lambda m: f"gather::gather!({', '.join(x + '?' for x in m)}).await?",
    "gather name_errors": lambda m: f"gather::gather!({', '.join(x + '?' for x in m)}; name_errors).await"
    ".map_err(|e| e.to_string())?",
    "gather return_exceptions": lambda m: f"{{ let all = gather::gather!({', '.join(m)}; return_exceptions).await; ("
    + ", ".join(f"all.{i}.map_err(|e| e.to_string())?" for i in range(len(m)))
    + ") }",
    "tokio try_join": lambda m: f"tokio::try_join!({', '.join(m)})?",
    "tokio try_join biased": lambda m: f"tokio::try_join!(biased; {', '.join(m)})?",
    "futures try_join": lambda m: f"futures::try_join!({', '.join(m)})?",
}
BASE = {name: "none" for name in CONTENDERS} | {name: "none ?" for name in FALLIBLE}

DEPENDENCIES = f"""
futures = "0.3.34"
futures-concurrency = "7.7.1"
gather = {{ path = "{REPOSITORY}" }}
join_me_maybe = "0.6.2"
tokio = {{ version = "1.54", features = ["rt", "time", "macros"] }}
"""

TREES = {
    "gather, default features": f'gather = {{ path = "{REPOSITORY}" }}',
    "tokio: rt, time, macros": 'tokio = { version = "1.54", features = ["rt", "time", "macros"] }',
    "gather-macros alone": f'gather-macros = {{ path = "{REPOSITORY}/gather-macros" }}',
    "tokio-macros alone": 'tokio-macros = "2.7"',
}


def program(name, sites):
    """A program with so many call sites, each of members that no other one has."""
    fallible = name in FALLIBLE
    write = (FALLIBLE if fallible else CONTENDERS)[name]
    lines = ["#![allow(unused)]", "use futures_concurrency::future::Join as _;"]
    lines += ["use std::{future::Future, hint::black_box, pin::Pin};"]
    output, give = ("Result<u64, String>", "Ok({})") if fallible else ("u64", "{}")
    for site in range(sites):
        for member in range(MEMBERS):
            value = give.format(f"n + x + {member}")
            lines.append(f"async fn m{site}_{member}(n: u64) -> {output} {{")
            lines.append(f"    let x = black_box(async move {{ n * {site} }}).await;")
            lines.append(f"    {value}")
            lines.append("}")
        call = write([f"m{site}_{member}({member})" for member in range(MEMBERS)])
        total = give.format(" + ".join(f"all.{member}" for member in range(MEMBERS)))
        lines.append(f"async fn site{site}() -> {output} {{ let all = {call}; {total} }}")
    lines.append("fn main() {")
    lines.append(f"    let mut sites: Vec<Pin<Box<dyn Future<Output = {output}>>>> = Vec::new();")
    lines += [f"    sites.push(Box::pin(site{site}()));" for site in range(sites)]
    lines.append("    for site in sites { black_box(futures::executor::block_on(site)); }")
    lines.append("}")
    return "\n".join(lines) + "\n"


def manifest(folder, dependencies):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "Cargo.toml").write_text(
        '[package]\nname = "compile-cost"\nversion = "0.0.0"\nedition = "2024"\n\n'
        f"[dependencies]\n{dependencies}\n\n[workspace]\n"
    )
    # The versions of the repository.
    shutil.copy(REPOSITORY / "Cargo.lock", folder / "Cargo.lock")


def cargo(folder, *arguments, target):
    """Runs cargo and gives the user CPU time and the wall time that it took, in seconds."""
    environment = os.environ | {"CARGO_TARGET_DIR": str(target), "CARGO_INCREMENTAL": "0"}
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime, time.monotonic()
    done = subprocess.run(["cargo", *arguments, "--quiet"], cwd=folder, env=environment, capture_output=True, text=True)
    wall = time.monotonic() - start
    if done.returncode != 0:
        sys.exit(f"cargo {' '.join(arguments)} in {folder}:\n{done.stderr}")
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before, wall


def binary(name):
    return name.replace(" ", "_").replace("?", "fallible")


def write_programs(folder, sites):
    manifest(folder, DEPENDENCIES)
    (folder / "src/bin").mkdir(parents=True, exist_ok=True)
    for name in BASE:
        (folder / f"src/bin/{binary(name)}.rs").write_text(program(name, sites))


def check(rounds):
    folder = TARGET / "sites"
    write_programs(folder, SITES)
    for name in BASE:
        cargo(folder, "check", "--bin", binary(name), target=TARGET / "target")
    times = {name: [] for name in BASE}
    for _ in range(rounds):
        for name in BASE:
            (folder / f"src/bin/{binary(name)}.rs").touch()
            times[name].append(cargo(folder, "check", "--bin", binary(name), target=TARGET / "target")[0])
    times = {name: min(values) for name, values in times.items()}
    print(f"### `cargo check` of {SITES} call sites of {MEMBERS} members, user CPU time\n")
    print("Per call site beyond the same members made and dropped, which is `none`. The goal is at most 0.60 of tokio's")
    print("`join!(biased; ..)`, or of its `try_join!(biased; ..)`.\n")
    print("| | whole program, s | per call site, ms | ratio to tokio biased |\n| :-- | --: | --: | --: |")
    for name, seconds in times.items():
        peer = "tokio try_join biased" if name in FALLIBLE else "tokio biased"
        own, theirs = seconds - times[BASE[name]], times[peer] - times[BASE[peer]]
        ratio = f"{own / theirs:.2f}" if theirs > 0 else "?"
        if name.startswith("gather"):
            ratio = f"**{ratio}** ({'met' if own <= 0.605 * theirs else 'not met'})"
        print(f"| {name} | {seconds:.2f} | {own / SITES * 1e3:.1f} | {'' if BASE[name] == name else ratio} |")
    print()


def text_size(path):
    rows = subprocess.run(["size", "-A", str(path)], check=True, capture_output=True, text=True).stdout.splitlines()
    return sum(int(row.split()[1]) for row in rows if row.startswith(".text"))


def size():
    texts = {}
    for sites in (1, SITES + 1):
        folder = TARGET / f"size-{sites}"
        write_programs(folder, sites)
        cargo(folder, "build", "--release", "--bins", target=TARGET / f"target-{sites}")
        for name in BASE:
            texts[name, sites] = text_size(TARGET / f"target-{sites}/release" / binary(name))
    print(f"### Code per call site of {MEMBERS} members, release, bytes of `.text`\n")
    print(f"The difference of two programs, with 1 and with {SITES + 1} call sites. `none` makes the members and drops them.\n")
    print("| | per call site | beyond `none` |\n| :-- | --: | --: |")
    per_site = {name: (texts[name, SITES + 1] - texts[name, 1]) / SITES for name in BASE}
    for name, text in per_site.items():
        print(f"| {name} | {text:.0f} | {text - per_site[BASE[name]]:.0f} |")
    print()


def tree(rounds):
    figures = {name: [] for name in TREES}
    for name, dependency in TREES.items():
        folder = TARGET / "tree" / binary(name.replace(":", "").replace(",", ""))
        manifest(folder, dependency)
        (folder / "src").mkdir(exist_ok=True)
        (folder / "src/lib.rs").write_text("")
        cargo(folder, "fetch", target=TARGET / "target-tree")
    for _ in range(rounds):
        for name in TREES:
            shutil.rmtree(TARGET / "target-tree", ignore_errors=True)
            folder = TARGET / "tree" / binary(name.replace(":", "").replace(",", ""))
            figures[name].append(cargo(folder, "build", target=TARGET / "target-tree"))
    shutil.rmtree(TARGET / "target-tree", ignore_errors=True)
    print("### A clean build of the dependencies, dev profile\n")
    print("The goal is that the first is no dearer than the second.\n")
    print("| | user CPU time, s | wall, s |\n| :-- | --: | --: |")
    least = {name: [min(column) for column in zip(*rows)] for name, rows in figures.items()}
    for name, (user, wall) in least.items():
        print(f"| {name} | {user:.2f} | {wall:.2f} |")
    users = [user for user, _ in least.values()]
    print(f"\nRatio {users[0] / users[1]:.2f}, {'met' if users[0] <= 1.005 * users[1] else 'not met'}.\n")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--tree-rounds", type=int, default=3)
    arguments.add_argument("--only", default="check,size,tree")
    arguments = arguments.parse_args()
    parts = arguments.only.split(",")
    if "check" in parts:
        check(arguments.rounds)
    if "size" in parts:
        size()
    if "tree" in parts:
        tree(arguments.tree_rounds)


if __name__ == "__main__":
    main()
