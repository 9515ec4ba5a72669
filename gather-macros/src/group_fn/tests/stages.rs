use super::{stages_in, stages_of};

#[track_caller]
fn runs_as(body: &str, expected: &str) {
    assert_eq!(stages_of(body), expected, "{body}");
}

#[test]
fn consecutive_lets_that_do_not_use_one_another_are_one_stage() {
    runs_as("let a = f().await; let b = g().await?; let c = h().await.len();", "a + b + c");
    runs_as("let a = f().await; let b = g(a).await;", "a b");
    runs_as("let a = f().await; let b = g().await; let c = h(a, b).await; let d = i(api).await;", "a + b c + d");
    // The third could run beside the first, but stands behind one that could not.
    runs_as("let a = f().await; let b = g(a).await; let c = h().await;", "a b + c");
    runs_as("let a = f().await; let b = g().await; let c = h(&b).await;", "a + b c");
}

#[test]
fn other_statements_are_barriers() {
    for between in [
        "let x = 1;",
        "let x;",
        "let x = async { f().await };",
        "let x = || f().await;",
        "let x = tokio::join!(f(), g());",
        "let x = vec![f().await];",
        "println!();",
        "f().await;",
        "f().await?;",
        "for x in y { f().await; }",
        "match x { _ => f().await }",
        "if x { f().await; }",
        "loop { break; }",
        "unsafe { f().await; }",
        "fn nested() {}",
        "use a::b;",
        "const X: u8 = 1;",
        "struct X;",
        "macro_rules! m { () => {} }",
        "x = f().await;",
        ";",
        "{}",
    ] {
        runs_as(&format!("let a = f().await; {between} let b = g().await; let c = h().await;"), "a ; b + c");
    }
}

#[test]
fn an_initialiser_awaits_in_blocks_and_branches_of_its_own() {
    for awaits in [
        "{ f().await }",
        "unsafe { f().await }",
        "if x { f().await } else { 1 }",
        "if f().await { 1 } else { 2 }",
        "match f().await { x => x }",
        "match x { y => f().await }",
        "match x { y if f().await => 1, _ => 2 }",
        "loop { break f().await }",
        "for x in f().await {}",
        "while f().await {}",
        "(1, [f().await])",
        "S { x: f().await, ..s }",
        "S { x: 1, ..f().await }",
        "f().await as u8 + 1",
        "!g(1, f().await)",
        "f().await..2",
        "async { f().await }.await",
        "f().await[0]",
        "x.g(f().await)",
        "{ let y = f().await; y }",
        "{ let Some(y) = x else { f().await; loop {} }; y }",
    ] {
        runs_as(&format!("let a = {awaits}; let b = g().await;"), "a + b");
    }
}

#[test]
fn let_else_ends_its_stage() {
    runs_as("let a = f().await; let Some(b) = g().await else { return }; let c = h().await;", "a + b c");
    runs_as("let Some(b) = g().await else { return a };", "b");
    // What it does otherwise runs after the stage.
    runs_as("let a = f().await; let Some(b) = g().await else { return h(a).await };", "a + b");
}

#[test]
fn what_borrows_from_a_temporary_stays() {
    for init in [
        "&f().await",
        "&mut f().await?",
        "&f().await?.field",
        "&f().await.0[1]",
        "&*f().await",
        "&(f().await)",
        "(1, &f().await)",
        "[&f().await]",
        "[&f().await; 2]",
        "Some(&f().await)",
        "Page::Full(&f().await)",
        "Page { user: &f().await }",
        "&f().await as &dyn Any",
        "{ g(); &f().await }",
        "if x { &f().await } else { y }",
        "if x { y } else { &f().await }",
        "match x { _ => &f().await }",
        "&raw const f().await",
        "(pin!(x), f().await)",
        "(std::format_args!(\"\"), f().await)",
        "..&f().await",
    ] {
        runs_as(&format!("let a = {init}; let b = g().await; let c = h().await;"), "; b + c");
    }
    for init in [
        "*f().await",
        "f(&g()).await",
        "x.get(&g().await).await",
        "(&x, f().await)",
        "Some((&x.y[1], &*z, &1, f().await))",
        "(&x == &f().await)",
        "f(Some(&g()), &h().await).await",
        "{ let y = &f().await; g(y).await }",
    ] {
        runs_as(&format!("let a = {init}; let b = g().await;"), "a + b");
    }
    runs_as("let ref a = f().await; let b = g().await;", "a + b");
}

#[test]
fn what_an_async_block_cannot_do_stays() {
    runs_as("let x; let a = { x = 1; f().await }; let b = g().await;", "; ; b");
    runs_as("let a = { (x, y.z) = p; f().await }; let b = g().await;", "; b");
    runs_as("let a = { x.y = 1; x[0] = 2; x += 1; f().await }; let b = g().await;", "a + b");
    runs_as("let a = { let mut x = 1; x = 2; f(x).await }; let b = g().await;", "a + b");
    runs_as("let m!(a) = f().await; let b = g().await;", "; b");
    runs_as("#[cfg_attr(a, cfg(b))] let a = f().await; let b = g().await;", "; b");
    runs_as("#[cfg(a)] let a = f().await; #[allow(unused)] let b = g().await;", "a + b");
}

#[test]
fn the_return_type_may_say_too_little() {
    let body = "{ let a = f().await?; let b = g().await; let c = h().await; x }";
    assert_eq!(stages_in(&format!("async fn f() -> impl Try {body}")), "; b + c");
    assert_eq!(stages_in(&format!("async fn f() -> Result<impl Sized> {body}")), "a + b + c");
    // Only an endless initialiser lets such a fn end so.
    assert_eq!(stages_in("async fn f() -> u8 { let a = f().await; let b = g().await; }"), "a b");
    assert_eq!(stages_in("async fn f() -> ! { let a = f().await; let b = g().await; }"), "a b");
    assert_eq!(stages_in("async fn f() -> () { let a = f().await; let b = g().await; }"), "a + b");
    assert_eq!(stages_in("async fn f() { let a = f().await; let b = g().await; }"), "a + b");
}

#[test]
fn patterns_are_shown_by_what_they_bind() {
    runs_as("let (a, mut b) = f().await; let S { c, d: [e, ..], .. } = g().await;", "(a, b) + (c, e)");
    runs_as("let _ = f().await; let () = g().await; let r#type = h().await;", "_ + _ + type");
    runs_as("let (Ok(a) | Err(a)) = f().await; let b @ Some(c) = g().await else { return };", "a + (b, c)");
    runs_as("let x: (u8, _) = f().await; let ref mut y = g().await; let &z = h().await;", "x + y + z");
}
