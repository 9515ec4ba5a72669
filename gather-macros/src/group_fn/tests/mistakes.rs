use super::mistakes_of;

const BODY: &str = "async fn f() { let a = g().await; }";

#[track_caller]
fn wrong(arguments: &str, item: &str, expected: &[(&str, &str)]) {
    let mistakes = mistakes_of(arguments, item);
    let mistakes: Vec<_> = mistakes.iter().map(|(place, message)| (place.as_str(), message.as_str())).collect();
    assert_eq!(mistakes, expected, "#[gather_group({arguments})] {item}");
}

#[test]
fn right_arguments() {
    for arguments in [
        "",
        "limit = 4",
        "limit = 4,",
        "limit = LIMIT * f::<A, B>(1, 2)",
        "crate = ::gather",
        "crate = crate::reexported",
        "crate = \"my::gather\"",
        "limit = 1, crate = self::gather",
        "poll_all",
        "poll_all, limit = 4",
    ] {
        wrong(arguments, BODY, &[]);
    }
}

#[test]
fn wrong_arguments() {
    wrong("limt = 4", BODY, &[("limt", "unknown argument `limt`: did you mean `limit`?")]);
    wrong("krate = x", BODY, &[("krate", "unknown argument `krate`: did you mean `crate`?")]);
    wrong("spawn", BODY, &[("spawn", "unknown argument `spawn`: the arguments are `limit`, `poll_all`, `crate`")]);
    wrong("limit", BODY, &[("limit", "`limit` needs a value: write `limit = 8`")]);
    wrong("limit =", BODY, &[("limit", "`limit` needs a value: write `limit = 8`")]);
    wrong(
        "crate = , limit(3)",
        BODY,
        &[
            ("crate", "`crate` needs a value: write `crate = ::gather`"),
            ("limit", "`limit` needs a value: write `limit = 8`"),
        ],
    );
    wrong("limit = \"4\"", BODY, &[("\"4\"", "`limit` takes a whole number: write `limit = 8`")]);
    wrong("limit = 0", BODY, &[("0", "`limit = 0` lets no member start: give at least 1")]);
    wrong("limit = -1", BODY, &[("-1", "`limit = -1` lets no member start: give at least 1")]);
    wrong("limit = 1, limit = 2", BODY, &[("limit", "argument `limit` is given twice: remove one")]);
    wrong("limit = 1 crate = x", BODY, &[("crate", "expected `,` after the argument before this")]);
    wrong("poll_all = true", BODY, &[("=", "`poll_all` takes no value: write `poll_all` alone")]);
    wrong("poll_all, poll_all", BODY, &[("poll_all", "argument `poll_all` is given twice: remove one")]);
    wrong("poll_all limit = 1", BODY, &[("limit", "expected `,` after the argument before this")]);
    wrong("poll_al", BODY, &[("poll_al", "unknown argument `poll_al`: did you mean `poll_all`?")]);
    let path = "`crate` takes the path of this library: write `crate = ::gather`";
    wrong("crate = \"my gather\"", BODY, &[("\"my gather\"", path)]);
    wrong("crate = 1", BODY, &[("1", path)]);
    wrong("4", BODY, &[("4", "expected an argument: `limit = n`, `poll_all` or `crate = path`")]);
    wrong(", limit = 4", BODY, &[(",", "expected an argument: `limit = n`, `poll_all` or `crate = path`")]);
}

#[test]
fn wrong_items() {
    let not_async = "`#[gather_group]` needs an `async fn`: write `async` before this `fn`, and the attribute above others that make a plain fn of it, such as `#[tokio::main]`";
    wrong("", "fn f() { let a = 1; }", &[("fn", not_async)]);
    wrong("", "pub(crate) const unsafe extern \"C\" fn f() {}", &[("fn", not_async)]);
    wrong("", "fn f();", &[("fn", not_async)]);
    wrong(
        "",
        "async fn f();",
        &[(";", "`#[gather_group]` needs a body: move it to the impls of this fn, or give it a default body")],
    );
    let inside = "`#[gather_group]` works on single fns: move it to each `async fn` in here";
    wrong("", "impl X { async fn f() {} }", &[("impl", inside)]);
    wrong("", "pub trait X {}", &[("trait", inside)]);
    wrong("", "mod x {}", &[("mod", inside)]);
    let other = "`#[gather_group]` works on an `async fn` and nothing else: remove it, or move it to one";
    wrong("", "#[derive(Clone)] pub struct X { a: u8 }", &[("struct", other)]);
    wrong("", "enum X {}", &[("enum", other)]);
    wrong("", "const X: u8 = 1;", &[("const", other)]);
    wrong("", "static X: u8 = 1;", &[("static", other)]);
    wrong("", "type X = fn();", &[("type", other)]);
    wrong("", "use x::y;", &[("use", other)]);
    wrong("", "extern \"C\" { fn f(); }", &[("extern", other)]);
    wrong("", "extern crate x;", &[("extern", other)]);
    wrong("", "x! {}", &[("x", other)]);
}

#[test]
fn nothing_to_gather() {
    let message = "nothing in this fn can run concurrently, as no `let` of its own awaits: write `let a = f().await;`, or remove `#[gather_group]`";
    for body in [
        "",
        "let a = 1;",
        "f().await;",
        "let a = &f().await;",
        "let a = async { f().await };",
        "{ let a = f().await; }",
    ] {
        wrong("", &format!("async fn lonely() {{ {body} }}"), &[("lonely", message)]);
    }
}

#[test]
fn leaving_an_initialiser() {
    let ret = "`return` cannot leave an initialiser that `#[gather_group]` may run beside others: use `?`, `let .. else`, or a statement after this `let`";
    let in_let = |init: &str| format!("async fn f() {{ let a = {{ {init}; g().await }}; }}");
    for init in [
        "return",
        "return 1",
        "match x { Ok(x) => x, Err(e) => return Err(e) }",
        "loop { return }",
        "{ let Some(x) = y else { return }; }",
        "x(return)",
    ] {
        wrong("", &in_let(init), &[("return", ret)]);
    }
    for init in
        ["|| return 1", "async { return 1 }", "fn inner() { return; }", "m!(return)", "async { loop { return } }"]
    {
        wrong("", &in_let(init), &[]);
    }
    // Outside of a member it is rustc's affair.
    wrong("", "async fn f() { let Some(a) = g().await else { return }; return; let b = return; }", &[]);
}

#[test]
fn jumping_out_of_an_initialiser_is_left_to_rustc() {
    let as_written = |init: &str| {
        let item = super::tokens(&format!("async fn f() {{ let a = {{ {init}; g().await }}; let b = g().await; }}"));
        crate::group_fn::group_fn(super::tokens(""), &item, crate::reader::Reader::Compiler).to_string()
            == item.to_string()
    };
    for init in [
        "break",
        "continue",
        "loop { break 'outer }",
        "for x in y { continue 'outer }",
        "'a: { break }",
        "'a: loop {} break 'a",
    ] {
        assert!(as_written(init), "{init}");
    }
    for init in [
        "loop { break }",
        "while x { continue }",
        "for x in y { break }",
        "'a: loop { loop { continue 'a } }",
        "'a: { break 'a 1 }",
        "|| break",
    ] {
        assert!(!as_written(init), "{init}");
    }
}

#[test]
fn all_at_once() {
    let item = "async fn f() { let a = { return; g().await }; let b = { return; g().await }; }";
    let places: Vec<_> = mistakes_of("limt = 4, limit = 0, crate", item).into_iter().map(|(place, _)| place).collect();
    assert_eq!(places, ["crate", "limt", "0", "return", "return"]);
}

#[test]
fn what_is_being_typed_is_left_to_rustc() {
    for item in [
        "async fn f() { let a = g.; }",
        "async fn f() { let a = ; let b = g().await }",
        "async fn f() { let a = g().await let b }",
        "async fn f(a: ) {}",
        "async fn f()",
        "async fn",
        "async fn f() -> { }",
        "async",
        "pub",
        "pub(crate)",
        "pub async",
        "#[cold] pub",
        "",
    ] {
        wrong("", item, &[]);
        let tokens = super::tokens(item);
        assert_eq!(
            crate::group_fn::group_fn(super::tokens(""), &tokens, crate::reader::Reader::Compiler).to_string(),
            tokens.to_string()
        );
    }
}
