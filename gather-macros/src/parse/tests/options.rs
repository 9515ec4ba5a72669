use super::{read, right, wrong};

#[test]
fn right_ones() {
    right("; return_exceptions", "tuple: ; return_exceptions");
    right("a => f();", "record: a = f ()");
    right(
        "a => f()?; all_errors, error = Box<dyn E + Send>, limit = f::<A, B>(1), spawn = handle,",
        "record: a = f ()?; all_errors; error = Box < dyn E + Send >; limit = f ::< A , B > (1); spawn = handle",
    );
    right(
        "a => f(); return_exceptions, until = x.await, timeout = d",
        "record: a = f (); return_exceptions; timeout = d; until = x . await",
    );
    right("f()?; name_errors", "tuple: f ()?; name_errors");
    right("timeout, limit, until", "tuple: timeout, limit, until");
    right("*list; as_completed, limit = 2", "tuple: *list; limit = 2; as_completed");
    right(
        "*list?; poll_all, in_order, until = u, return_exceptions",
        "tuple: *list?; return_exceptions; until = u; in_order; poll_all",
    );
    right("a => f(); poll_all", "record: a = f (); poll_all");
}

#[test]
fn the_order_of_values_is_kept() {
    let mut errors = crate::errors::Errors::default();
    let source = "f(); spawn = h, return_exceptions, until = u, timeout = t, limit = 2";
    let mut group = crate::parse::group(source.parse().unwrap(), &mut errors);
    crate::check::group(&mut group, &mut errors);
    assert!(errors.is_empty());
    let order: Vec<_> = group.options.order.iter().map(ToString::to_string).collect();
    assert_eq!(order, ["spawn", "until", "timeout", "limit"]);
    assert_eq!(group.typed_options.len(), 5);
}

#[test]
fn words() {
    wrong(
        "f(); return_exception, timeout = d",
        &[("return_exception", "unknown option `return_exception`: did you mean `return_exceptions`?")],
        "tuple: f (); return_exceptions; timeout = d",
    );
    wrong(
        "f(); fail_fast",
        &[(
            "fail_fast",
            "unknown option `fail_fast`: the options are `return_exceptions`, `all_errors`, `name_errors`, `error`, `limit`, `timeout`, `until`, `spawn`, `as_completed`, `in_order`, `poll_all`",
        )],
        "tuple: f ()",
    );
    wrong(
        "f(); limit = 1, limit = 2",
        &[("limit", "option `limit` is given twice: remove one")],
        "tuple: f (); limit = 1",
    );
    wrong("f(); spawn, spawn = h", &[("spawn", "option `spawn` is given twice: remove one")], "tuple: f (); spawn");
    wrong(
        "f()?; return_exceptions, all_errors",
        &[("all_errors", "`all_errors` and `return_exceptions` exclude each other: keep one")],
        "tuple: f ()?; return_exceptions",
    );
    let named = ("name_errors", "a spawned group names the failing member anyway: remove `name_errors`");
    wrong("f()?; name_errors, spawn", &[named], "tuple: f ()?; spawn");
    wrong("f()?; spawn, name_errors", &[named], "tuple: f ()?; spawn");
}

/// Each with the place of its one mistake and the message.
const ILL_VALUED: &[(&str, &str, &str)] = &[
    ("limit", "limit", "`limit` needs a value: write `limit = 8`"),
    ("limit =", "limit", "`limit` needs a value: write `limit = 8`"),
    ("error", "error", "`error` needs a value: write `error = MyError`"),
    ("timeout =", "timeout", "`timeout` needs a value: write `timeout = Duration::from_secs(1)`"),
    ("spawn =", "spawn", "nothing stands after this `=`: write `spawn` alone, or a value"),
    ("limit = 0", "0", "`limit = 0` lets no member start: give at least 1"),
    ("limit = (0usize)", "(0usize)", "`limit = 0usize` lets no member start: give at least 1"),
    ("limit = -3", "-3", "`limit = -3` lets no member start: give at least 1"),
    ("limit = \"8\"", "\"8\"", "`limit` takes a whole number: write `limit = 8`"),
    ("limit = true", "true", "`limit` takes a whole number: write `limit = 8`"),
    ("limit = 2.5", "2.5", "`limit` takes a whole number: write `limit = 8`"),
    ("timeout = 5", "5", "`timeout` takes a `Duration`: write `timeout = Duration::from_secs(5)`"),
    ("timeout = \"5s\"", "\"5s\"", "`timeout` takes a `Duration`: write `timeout = Duration::from_secs(1)`"),
    ("until = true", "true", "`until` takes a future: write `until = shutdown.notified()`"),
    ("error = \"x\"", "\"x\"", "`error` takes a type: write `error = MyError`"),
    ("error = 5", "5", "`error` takes a type: write `error = MyError`"),
    ("spawn = false", "false", "a group without `spawn` is not spawned: remove `spawn = false`"),
    ("spawn = true", "true", "`spawn` takes a runtime handle or nothing: write `spawn` alone"),
    ("limit(3)", "limit", "an option is no call: write `limit = 8`"),
    ("limit: 3", ":", "expected `=` after the option, found `:`: write `limit = ..`"),
    ("limit => 3", "=>", "expected `=` after the option, found `=>`: write `limit = ..`"),
    ("limit = cfg.", ".", "this is not finished: write a field or a method after the `.`"),
    ("limit = 3 +", "+", "this ends too early: expected an expression"),
    ("limit = 3 4", "4", "expected `,` after the option before this"),
    ("limit = 3 spawn", "spawn", "missing `,` before this option"),
    (", spawn", ",", "no option stands before this `,`: remove it"),
    ("limit = 2; spawn", ";", "options are separated by `,`: write `,` instead of this `;`"),
];

#[test]
fn values() {
    for &(option, place, message) in ILL_VALUED {
        let (_, errors) = read(&format!("f()?; {option}"));
        let place = if place == "=>" { "=" } else { place };
        assert_eq!(errors, [(place.to_owned(), message.to_owned())], "{option}");
    }
    for value in ["True", "true"] {
        let message = "`return_exceptions` takes no value: write `return_exceptions` alone";
        let source = format!("f(); return_exceptions = {value}, timeout = d");
        wrong(&source, &[(value, message)], "tuple: f (); return_exceptions; timeout = d");
    }
}

#[test]
fn results_as_they_complete() {
    for word in ["as_completed", "in_order"] {
        let one = format!(
            "`{word}` is for a group that is one list, without a name and on its own: write `gather!(*list; {word})`, and give other members a group of their own"
        );
        for group in
            ["f()", "*list, f()", "*list, *list", "a => *list", "a => f(), b => *|a| g(a)", "Page { a: *list }"]
        {
            let mut errors = crate::errors::Errors::default();
            let source = format!("{group}; {word}").parse().unwrap();
            let mut group = crate::parse::group(source, &mut errors);
            crate::check::group(&mut group, &mut errors);
            let messages: Vec<_> = errors.into_list().iter().map(ToString::to_string).collect();
            assert_eq!(messages, std::slice::from_ref(&one));
        }
        let spawned = format!(
            "the members of `{word}` are polled by who takes their results: to let them run on meanwhile, spawn them instead of the group, as in `*jobs.map(tokio::spawn); {word}, return_exceptions`"
        );
        let expected = format!("tuple: *list; {word}");
        wrong(&format!("*list; {word}, spawn"), &[("spawn", &spawned)], &expected);
        wrong(&format!("*list; spawn = h, {word}"), &[("spawn", &spawned)], &expected);
        let collected = format!(
            "`{word}` gives each result as it comes, and with `return_exceptions` each error too: write that instead of `all_errors`"
        );
        let expected = format!("tuple: *list?; {word}");
        wrong(&format!("*list?; {word}, all_errors"), &[("all_errors", &collected)], &expected);
        wrong(&format!("*list?; all_errors, {word}"), &[("all_errors", &collected)], &expected);
    }
    wrong(
        "*list; as_completed, in_order",
        &[("in_order", "`in_order` and `as_completed` exclude each other: keep one")],
        "tuple: *list; as_completed",
    );
    wrong(
        "*list; as_complete",
        &[("as_complete", "unknown option `as_complete`: did you mean `as_completed`?")],
        "tuple: *list; as_complete",
    );
}

#[test]
fn polled_all() {
    let task = "`poll_all` is about members that are polled by the awaiting task, and those of a spawned group are tasks of their own: remove one of them";
    wrong("f(); spawn, poll_all", &[("poll_all", task)], "tuple: f (); spawn");
    wrong("f(); poll_all, spawn", &[("spawn", task)], "tuple: f (); poll_all");
    let clock = "`timeout` is a wall clock, which `poll_all` is to keep out: write `until = timer`, with a timer of the engine that polls the group";
    wrong(
        "f(); return_exceptions, timeout = d, poll_all",
        &[("poll_all", clock)],
        "tuple: f (); return_exceptions; timeout = d",
    );
    wrong(
        "f(); return_exceptions, poll_all, timeout = d",
        &[("timeout", clock)],
        "tuple: f (); return_exceptions; poll_all",
    );
}

#[test]
fn among_the_members() {
    let put = |word: &str| format!("`{word}` is an option, not a member: put `;` before it");
    wrong("a => f(), spawn", &[("spawn", &put("spawn"))], "record: a = f (); spawn");
    wrong("a => f() spawn", &[("spawn", &put("spawn"))], "record: a = f (); spawn");
    wrong("f(), limit = 2, spawn", &[("limit", &put("limit"))], "tuple: f (); limit = 2; spawn");
    wrong("Page { a: f() }, spawn", &[("spawn", &put("spawn"))], "Page: a = f (); spawn");
    wrong(
        "Page { a: f(); spawn }",
        &[(";", "options follow the struct, not its fields: move this `;` and what follows it behind the `}`")],
        "Page: a = f (); spawn",
    );
    wrong(
        "f(), g(), return_exceptions=True",
        &[(
            "return_exceptions",
            "`return_exceptions` is an option, and takes no value: write `; return_exceptions` behind the members",
        )],
        "tuple: f (), g (); return_exceptions",
    );
    let late = "only options follow the `;`, and this is none: separate members by `,`";
    wrong(
        "a => f(); b => g(); spawn",
        &[("b", late), (";", "options are separated by `,`: write `,` instead of this `;`")],
        "record: a = f (), b = g (); spawn",
    );
    wrong("f(1); g(2)", &[("g", late)], "tuple: f (1), g (2)");
}

#[test]
fn what_they_demand() {
    wrong(
        "f(); timeout = d",
        &[(
            "timeout",
            "`timeout` works only with `return_exceptions`: add that, or wrap the group: `tokio::time::timeout(d, gather! { .. }).await`",
        )],
        "tuple: f (); timeout = d",
    );
    wrong(
        "f()?; all_errors, until = d",
        &[(
            "until",
            "`until` works only with `return_exceptions`: add that, or race the group against the future with `tokio::select!`",
        )],
        "tuple: f ()?; all_errors; until = d",
    );
    wrong(
        "f(); error = E",
        &[(
            "error",
            "`error` is the type that errors of `?` members are converted to, and no member has a `?`: write one after a member, or remove `error`",
        )],
        "tuple: f ()",
    );
    wrong(
        "f(); name_errors",
        &[(
            "name_errors",
            "`name_errors` reports the first error of the `?` members, and no member has a `?`: write one after a member, or remove `name_errors`",
        )],
        "tuple: f (); name_errors",
    );
    wrong(
        "f(); all_errors",
        &[(
            "all_errors",
            "`all_errors` reports all errors of the `?` members, and no member has a `?`: write one after a member, or remove `all_errors`",
        )],
        "tuple: f (); all_errors",
    );
}

#[test]
fn before_the_members() {
    const FIRST: &str = "options follow the members: move them behind, as in `gather!(f(1), g(2); limit = 2)`";
    wrong("limit = 2; f(1), g(2)", &[("limit", FIRST)], "tuple: f (1), g (2); limit = 2");
    wrong("spawn, limit = 2; a => f(1)", &[("spawn", FIRST)], "record: a = f (1); limit = 2; spawn");
    wrong("spawn; a => f(1); limit = 2", &[("spawn", FIRST)], "record: a = f (1); limit = 2; spawn");
    // There a variable stands first, or nothing follows.
    wrong(
        "limit = 2; spawn",
        &[("limit", "`limit` is an option, not a member: put `;` before it")],
        "tuple: ; limit = 2; spawn",
    );
}
