use super::{right, wrong};

#[test]
fn signs() {
    let found = |sign: &str| format!("expected `=>` after the member's name, found `{sign}`: write `a => ..`");
    for sign in ["=", ":", "->", ":="] {
        let place = &sign[..1];
        wrong(&format!("a {sign} f(), b => g()"), &[(place, &found(sign))], "record: a = f (), b = g ()");
    }
    wrong("a = 5", &[("=", &found("="))], "record: a = 5");
    wrong(
        "Page { a => f(), b = g() }",
        &[
            ("=", "expected `:` after the field's name, found `=>`: write `a: ..`"),
            ("=", "expected `:` after the field's name, found `=`: write `b: ..`"),
        ],
        "Page: a = f (), b = g ()",
    );
    let word = "the name of a member is one identifier: write `name => ..`";
    wrong("\"a\" => f(), b => g()", &[("\"a\"", word)], "record: _ = f (), b = g ()");
    wrong("\"a\": f()", &[("\"a\"", word)], "record: _ = f ()");
    wrong(
        "=> f()",
        &[("=", "this member has no name: write one before `=>`, or `_ => ..` to drop its result")],
        "record: _ = f ()",
    );
}

#[test]
fn visibilities() {
    let word = "a member has no visibility, and its field is public: remove `pub`";
    wrong("pub a => f(), b => g()", &[("pub", word)], "record: a = f (), b = g ()");
    wrong("Page { pub a: f(), pub(crate) b }", &[("pub", word), ("pub(crate)", word)], "Page: a = f (), b = b");
}

#[test]
fn names() {
    wrong(
        "type => f(), match = g()",
        &[
            ("type", "`type` is a keyword of Rust and cannot name a member: write `r#type`, or choose another name"),
            ("match", "`match` is a keyword of Rust and cannot name a member: write `r#match`, or choose another name"),
            ("=", "expected `=>` after the member's name, found `=`: write `r#match => ..`"),
        ],
        "record: r#type = f (), r#match = g ()",
    );
    for word in ["self", "Self", "super", "crate"] {
        wrong(
            &format!("{word} => f()"),
            &[(word, &format!("`{word}` cannot name a member: choose another name"))],
            "record: this = f ()",
        );
    }
    wrong(
        "a => f(), r#a => g()",
        &[("r#a", "two members are named `a`: give each its own name")],
        "record: a = f (), r#a# = g ()",
    );
    wrong(
        "f(), a => g(), *h()",
        &[
            (
                "f()",
                "this member has no name, and the others have: write `name => ..` before it, or `_ => ..` to drop its result",
            ),
            (
                "h()",
                "this member has no name, and the others have: write `name => ..` before it, or `_ => ..` to drop its result",
            ),
        ],
        "record: _! = f (), a = g (), _! = *h ()",
    );
}

#[test]
fn commas() {
    let missing = "missing `,` before this member";
    wrong("a => f() b => g()", &[("b", missing)], "record: a = f (), b = g ()");
    wrong("f(1) g(2)", &[("g", missing)], "tuple: f (1), g (2)");
    wrong("Page { a: f() b: g() }", &[("b", missing)], "Page: a = f (), b = g ()");
    wrong(
        "a => f() @ 3, b => g()",
        &[("@", "expected `,` or `;` after the member before this")],
        "record: a = f (), b = g ()",
    );
    let none = "no member stands before this `,`: write one, or remove the `,`";
    wrong("a(), , b()", &[(",", none)], "tuple: a (), b ()");
    wrong(",", &[(",", none)], "tuple: ");
}

#[test]
fn holes() {
    wrong("a => , b => g()", &[("a", "member `a` has no value: write a future after `=>`")], "record: a# = , b = g ()");
    wrong(
        "a => \n b => g()",
        &[("a", "member `a` has no value: write a future after `=>`")],
        "record: a# = , b = g ()",
    );
    wrong("a => *; spawn", &[("a", "member `a` has no value: write a future after `*`")], "record: a# = *; spawn");
    wrong(
        "a => f(), b => |a|",
        &[("b", "member `b` has no value: write a future after the bars")],
        "record: a = f (), b# = |a| ",
    );
    wrong("Page { a: }", &[("a", "member `a` has no value: write a future after `:`")], "Page: a# = ");
    wrong("*", &[("*", "nothing stands after this `*`: write the list of futures to unpack")], "tuple: # = *");
}

#[test]
fn awaits() {
    let remove = "this waits for the member before the group starts: remove `.await`, the group awaits its members";
    wrong("f().await, g()", &[("await", remove)], "tuple: f (), g ()");
    wrong(
        "a => f().await?, b => g()?.await.await",
        &[("await", remove), ("await", remove)],
        "record: a = f ()?, b = g () ?",
    );
    wrong(
        "a => f(), b => |a| g(a).await?",
        &[(
            "await",
            "`.await` cannot stand in the body of a plain dependant: remove it, the group awaits its members, or write `async |..| { .. }`",
        )],
        "record: a = f (), b = |a| g (a)?",
    );
}

#[test]
fn closures_and_lists() {
    let closure = "a closure is not a future: write `async { .. }`, or name the members it waits for between the bars, as in `|user| ..`";
    wrong("a => || f()", &[("|| f()", closure)], "record: a! = || f ()");
    wrong(
        "a => move || f(), b => |(x, y)| g()",
        &[("move || f()", closure), ("|(x, y)| g()", closure)],
        "record: a! = move || f (), b# = | (x , y) | g ()",
    );
    wrong("|| f()", &[("|| f()", closure)], "tuple: ! = || f ()");
    wrong(
        "f(), |a| g(a)",
        &[("|a| g(a)", "members of a tuple have no names to wait for: name the members (`a => .., b => |a| ..`)")],
        "tuple: f (), # = | a | g (a)",
    );
    let list = "this is a list of futures, not one future: write `*` before it";
    wrong(
        "[f(), g()], vec![f()]",
        &[("[f(), g()]", list), ("vec![f()]", list)],
        "tuple: ! = [f () , g ()], ! = vec ! [f ()]",
    );
    right("*[f(), g()], *vec![f()]", "tuple: *[f () , g ()], *vec ! [f ()]");
}

#[test]
fn bodies() {
    for (body, what, place) in [
        ("g(a?)", "?", "?"),
        ("{ let x = a.y.await; g(x) }", ".await", "await"),
        ("{ if c { return h(); } g(a) }", "return", "return"),
        ("g(a, |x| x, y?)", "?", "?"),
        ("g(a, (|x| x)(1)?)", "?", "?"),
    ] {
        let message = format!(
            "`{what}` cannot stand in the body of a plain `|a|`, which runs later than the code around it: write `async |a| {{ .. }}`"
        );
        let (_, errors) = super::read(&format!("a => f(), b => |a| {body}"));
        assert_eq!(errors, [(place.to_owned(), message)], "{body}");
    }
}

#[test]
fn dependencies() {
    wrong(
        "user => f(), b => |usr| g(usr), c => |b| h(b), d => |b| i(b)",
        &[("usr", "no member is named `usr`: did you mean `user`?")],
        "record: user = f (), b# = |usr| g (usr), c# = |b| h (b), d# = |b| i (b)",
    );
    wrong(
        "a => f(), cd => g(), b => |whatever| h()",
        &[("whatever", "no member is named `whatever`: the others are `a`, `cd`")],
        "record: a = f (), cd = g (), b# = |whatever| h ()",
    );
    wrong(
        "b => |x| h()",
        &[("x", "no member is named `x`, and there is none to wait for: remove it from between the bars")],
        "record: b# = |x| h ()",
    );
    wrong(
        "a => |a| f(a)",
        &[("a", "member `a` waits for itself: remove `a` from between the bars")],
        "record: a# = |a| f (a)",
    );
    wrong(
        "x => f(), a => |b, x| f(b), b => |c| g(c), c => |a| h(a)",
        &[(
            "a",
            "these members wait for each other and could never start (`a` -> `b` -> `c` -> `a`): remove one of the names from between its bars",
        )],
        "record: x = f (), a# = |b, x| f (b), b# = |c| g (c), c# = |a| h (a)",
    );
    wrong(
        "a => f(), b => *async |a| g(a)?",
        &[("async", "a list is made at once, and then its items are awaited: remove this `async`")],
        "record: a = f (), b# = *async |a| g (a)?",
    );
    wrong("a => f(), b => |a, a| g(a)", &[("a", "`a` is listed twice: remove one")], "record: a = f (), b = |a| g (a)");
    wrong(
        "a => f(), b => |a, _| g(a)",
        &[("_", "`_` is no member: write the name of the member to wait for")],
        "record: a = f (), b# = |a, _| g (a)",
    );
    wrong(
        "a => f(), b => |a| -> u8 { g(a) }",
        &[("-", "the type of a member is not written: remove this `->` and the type after it")],
        "record: a = f (), b = |a| { g (a) }",
    );
    wrong(
        "r#type => f(), b => |type| g()",
        &[("type", "`type` is a keyword of Rust and cannot name a member: write `r#type`, or choose another name")],
        "record: r#type = f (), b = |r#type| g ()",
    );
}

#[test]
fn fields() {
    wrong("Page { a: f(), a: g() }", &[("a", "field `a` is given twice: remove one")], "Page: a = f (), a# = g ()");
    wrong("Page { a f(), b: g() }", &[("f", "missing `:` after the field `a`")], "Page: a = f (), b = g ()");
    wrong("Page { f(), b: g() }", &[("f()", "this field has no name: write `name: ..`")], "Page: _# = f (), b = g ()");
    wrong(
        "Page { ..base, a: f() }",
        &[(".", "`..base` must come last: move it behind the other fields")],
        "Page ..base: a = f ()",
    );
    wrong("Page { a: f(), ..x, ..y }", &[(".", "`..base` is given twice: remove one")], "Page ..x: a = f ()");
    wrong(
        "Page { a: f(), .. }",
        &[(".", "nothing stands after this `..`: write the value that the other fields come from, as in `..base`")],
        "Page: a = f ()",
    );
    wrong(
        "Page { _: f() }",
        &[("_", "`_` is no field of a struct: give the field its name, or use a record, as in `gather! { _ => .. }`")],
        "Page: _# = f ()",
    );
    wrong(
        "Page { type: f() }",
        &[("type", "`type` is a keyword of Rust and cannot name a member: write `r#type`, or choose another name")],
        "Page: r#type = f ()",
    );
}

#[test]
fn attributes() {
    let message = "attributes on members are not supported: choose the future with `if cfg!(..)`, or put `#[cfg]` on the statement";
    wrong("#[cfg(x)] #[y] a => f(), b => g()", &[("#[cfg(x)] #[y]", message)], "record: a = f (), b = g ()");
    wrong("#[cfg(x)] f()", &[("#[cfg(x)]", message)], "tuple: f ()");
    wrong(
        "/// text\n a => f()",
        &[("/// text", "a member has no documentation: write a comment with `//`")],
        "record: a = f ()",
    );
}
