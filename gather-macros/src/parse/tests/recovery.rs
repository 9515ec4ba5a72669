use super::{read, wrong};

const DOT: &str = "this is not finished: write a field or a method after the `.`";

#[test]
fn half_typed_members() {
    wrong("a => client., b => g()", &[(".", DOT)], "record: a! = client, b = g ()");
    wrong("a => client.", &[(".", DOT)], "record: a! = client");
    wrong("client.", &[(".", DOT)], "tuple: ! = client");
    wrong("a => f(client.)?", &[(".", DOT)], "record: a! = f (client)?");
    wrong("a => client.\n b => g()", &[(".", DOT)], "record: a! = client, b = g ()");
    wrong(
        "a => client.\n type => g(), _ => h()",
        &[
            (".", DOT),
            ("type", "`type` is a keyword of Rust and cannot name a member: write `r#type`, or choose another name"),
        ],
        "record: a! = client, r#type = g (), _ = h ()",
    );
    wrong("a => client.\n _ => g()", &[(".", DOT)], "record: a! = client, _ = g ()");
    wrong("Page { a: client.\n b: g() }", &[(".", DOT)], "Page: a! = client, b = g ()");
    wrong(
        "a => f(1) +, b => g()",
        &[("+", "this ends too early: expected an expression")],
        "record: a# = f (1) +, b = g ()",
    );
    wrong(
        "a => f(1) +\n b => g()",
        &[("+", "this ends too early: expected an expression")],
        "record: a# = f (1) +, b = g ()",
    );
    wrong("b => &", &[("&", "this ends too early: expected an expression")], "record: b# = &");
    wrong("a => f(x y), b => g()", &[("y", "expected `,`")], "record: a# = f (x y), b = g ()");
    wrong("a => x[y z], b => g()", &[("z", "unexpected token, expected `]`")], "record: a# = x [y z], b = g ()");
    wrong("a => Duration::", &[(":", "this ends too early: expected identifier")], "record: a# = Duration ::");
}

#[test]
fn a_visibility_alone() {
    let no_value = [("pub", "expected an expression")];
    wrong("pub", &no_value, "tuple: # = pub");
    wrong("pub(crate)", &no_value, "tuple: # = pub (crate)");
    wrong("f(), pub", &no_value, "tuple: f (), # = pub");
    wrong("a => f(), pub", &no_value, "record: a = f (), _# = pub");
    wrong("a => pub", &no_value, "record: a# = pub");
    let no_name = "`pub` is a keyword of Rust and cannot name a member: write `r#pub`, or choose another name";
    wrong("a => f(), pub => g()", &[("pub", no_name)], "record: a = f (), r#pub = g ()");
    wrong("P { a: f(), pub }", &[("pub", no_name)], "P: a = f (), r#pub = r#pub");
}

#[test]
fn ten_at_once() {
    let source = "
        a = f(),
        type => g(),
        b => h().await,
        b => i(),
        c => ,
        d => [j()],
        k(),
        e => |nobody| l(),
        m => client.
        n => || o() p => q();
        limt = 2, spawn = true";
    let (_, errors) = read(source);
    let places: Vec<_> = errors.iter().map(|(place, _)| place.as_str()).collect();
    assert_eq!(places, ["=", "type", "c", ".", "p", "limt", "await", "k()", "b", "[j()]", "|| o()", "nobody", "true"]);
}

const PIECES: &[&str] = &[
    "a",
    "b",
    "type",
    "self",
    "_",
    "r#a",
    "=>",
    "=",
    ":",
    "::",
    "->",
    ",",
    ";",
    ";",
    "*",
    "|",
    "||",
    "async",
    "move",
    "?",
    ".",
    "..",
    ".await",
    "await",
    "return",
    "fn",
    "f()",
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    "1",
    "0",
    "\"s\"",
    "1.0",
    "'a",
    "#",
    "!",
    "&",
    "+",
    "<",
    ">",
    "limit",
    "spawn",
    "return_exceptions",
    "error",
    "Page {",
    "if",
    "match",
    "vec!",
    "== ",
    "|a|",
    "|a, b: T|",
    "a =>",
    "b =>",
    "x.",
    "-",
    "true",
    "ref",
    "mut",
    "let",
    "@",
    "$",
    "$crate",
];

/// No panic, and an end, whatever the tokens.
#[test]
fn any_tokens() {
    let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed % below as u64).unwrap()
    };
    let mut tried = 0;
    for _ in 0..20_000 {
        let mut source = String::new();
        let mut open = Vec::new();
        for _ in 0..=random(14) {
            let piece = PIECES[random(PIECES.len())];
            match piece.chars().last() {
                Some('(') => open.push(")"),
                Some('{') => open.push("}"),
                Some('[') => open.push("]"),
                _ => {}
            }
            if matches!(piece, ")" | "}" | "]") {
                if let Some(close) = open.pop() {
                    source += close;
                }
                continue;
            }
            source += piece;
            source.push(' ');
        }
        while let Some(close) = open.pop() {
            source += close;
        }
        if source.parse::<proc_macro2::TokenStream>().is_ok() {
            tried += 1;
            let _ = read(&source);
        }
    }
    assert!(tried > 15_000, "{tried}");
}
#[test]
fn statements_are_one_mistake_each() {
    let written = ("let", "members are written without `let` and `.await`: `a => f(),`");
    wrong("let a = f()", &[written], "record: a = f ()");
    wrong("let mut a = f().await?;", &[written], "record: a = f ()?");
    wrong("let a => f().await, b => g()", &[written], "record: a = f (), b = g ()");
    wrong("a => f(), let b = await g()", &[written], "record: a = f (), b = g ()");
    for separated in
        ["let a = f().await; let b = g().await;", "let a = f(); let b = g()", "let a = f().await, let b = g().await,"]
    {
        wrong(separated, &[written; 2], "record: a = f (), b = g ()");
    }
    wrong("let a = f().await; limit = 2", &[written], "record: a = f (); limit = 2");
}
