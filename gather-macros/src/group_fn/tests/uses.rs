use super::stages_of;

/// Whether `init` waits for the `let user` before it.
fn uses(init: &str) -> bool {
    match stages_of(&format!("let user = f().await; let b = {{ {init}; g().await }};")).as_str() {
        "user b" => true,
        "user + b" => false,
        other => panic!("{init}: {other}"),
    }
}

#[test]
fn by_name() {
    for init in [
        "user",
        "f(user)",
        "user(1)",
        "&user.name",
        "user.name()",
        "x[user]",
        "S { user }",
        "S { id: user }",
        "S { ..user }",
        "user += 1",
        "user.x = 1",
        "1..user",
        "r#user",
        "|x| user + x",
        "async { user }",
        "async move { user }",
        "if let Some(x) = user {}",
        "match user { x => x }",
        "match x { y if y == user => 1, _ => 2 }",
        "for x in user {}",
        "while user {}",
        "return user",
        "loop { break user }",
        "unsafe { user }",
        "{ let x = user; }",
        "{ let Some(x) = y else { return user }; }",
    ] {
        assert!(uses(init), "{init}");
    }
    for init in [
        "x.user",
        "x.user()",
        "S { user: 1 }",
        "user::get()",
        "x::user",
        "User",
        "users",
        "'user: loop { break 'user }",
        "x::<user>()",
        "\"{user}\"",
        "user!()",
        "fn inner(user: u8) -> u8 { user }",
        "const X: u8 = user;",
        "const { user }",
    ] {
        assert!(!uses(init), "{init}");
    }
}

#[test]
fn in_macro_calls() {
    for init in [
        "m!(user)",
        "m![a, (b, {user})]",
        "m!{ user => x }",
        "m!(..user)",
        "m!(user.name)",
        "m!(x = user)",
        "println!(\"{}\", user)",
        "x(|| m!(user))",
        "std::println!(\"{}\", n!(user))",
    ] {
        assert!(uses(init), "{init}");
    }
    for init in ["m!(x.user)", "m!(user::x)", "m!(x::user)", "m!(users)", "m!(User)"] {
        assert!(!uses(init), "{init}");
    }
}

#[test]
fn in_inline_format_captures() {
    for text in [
        "{user}",
        "{user:?}",
        "a {x} {user:>8.3} b",
        "{{{user}}}",
        "{ user }",
        "{x:user$}",
        "{x:>user$}",
        "{x:0user$}",
        "{x:.user$}",
        "{x:width$.user$}",
        "{x:user$.digits$?}",
        "{r#user}",
        "{0} {user}",
        "ü{ü}{user}",
    ] {
        assert!(uses(&format!("println!({text:?})")), "{text}");
        assert!(uses(&format!("println!(r#\"{text}\"#)")), "{text}");
        assert!(uses(&format!("x(|| info!(a, (format!({text:?}))))")), "{text}");
    }
    for text in [
        "user",
        "{{user}}",
        "{users}",
        "{x:user}",
        "{user.name}",
        "{}user{}",
        "{0:1$}",
        "{",
        "}",
        "{user",
        "{:user",
        "{x:?user}",
        "",
        "{ü:ü$}",
    ] {
        assert!(!uses(&format!("println!({text:?})")), "{text}");
    }
    assert!(!uses("println!(b\"{user}\", '{')"));
}

#[test]
fn shadowing_ends_it() {
    for init in [
        "{ let user = 1; f(user) }",
        "{ let user = 1; println!(\"{user}\"); m!(user) }",
        "{ let (user, _) = x; user }",
        "|user| user",
        "|(x, S { user, .. })| user",
        "match x { user => user }",
        "match x { Some(user) if user > 1 => user, _ => 1 }",
        "if let Some(user) = x { user }",
        "if let Some(user) = x && user > 1 { user }",
        "while let Some(user) = x { user }",
        "for user in x { user }",
        "match x { Ok(user) | Err(user) => user }",
        "match x { user @ 1..=2 => user, _ => 1 }",
        "async { let user = 1; user }",
        "{ let Some(user) = x else { return }; user }",
    ] {
        assert!(!uses(init), "{init}");
    }
    for init in [
        "{ let user = user; }",
        "{ { let user = 1; } user }",
        "{ f(user); let user = 1; }",
        "if let Some(user) = x {} else { user }",
        "(|user| 1)(user)",
        "match x { user => 1, _ => 2 }; user",
        "for user in user {}",
        "{ let Some(user) = x else { return user }; }",
        "{ if let Some(user) = x { user } user }",
    ] {
        assert!(uses(init), "{init}");
    }
}

#[test]
fn of_the_latest_binding() {
    // `x` of the second is the parameter's; `x` of the third is the second's.
    assert_eq!(
        stages_of("let x = f(x).await; let y = g().await; let x = h(x).await; let z = i(x).await;"),
        "x + y x z"
    );
    assert_eq!(stages_of("let x = f().await; let x = g().await; let y = h().await;"), "x + x + y");
}
