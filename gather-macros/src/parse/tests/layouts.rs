use super::right;

#[test]
fn tuples() {
    right("", "tuple: ");
    right("f(1)", "tuple: f (1)");
    right("f(1), g(2),", "tuple: f (1), g (2)");
    right("*coros", "tuple: *coros");
    right("*coros?, f()?", "tuple: *coros?, f ()?");
    right("x == y", "tuple: x == y");
    right("path::to(x)", "tuple: path :: to (x)");
    right("S { a: f() }, g()", "tuple: S { a : f () }, g ()");
    right("S { a: f() }.run()", "tuple: S { a : f () } . run ()");
    right("(S { a: f() })", "tuple: (S { a : f () })");
    right("async { 1 }", "tuple: async { 1 }");
    right("unsafe { f() }, loop { break g() }", "tuple: unsafe { f () }, loop { break g () }");
    right("match x { 1 => a(), _ => b() }", "tuple: match x { 1 => a () , _ => b () }");
    right("if c { a() } else { b() }", "tuple: if c { a () } else { b () }");
    right("f::<A, B>(1), x as M<A, B>", "tuple: f ::< A , B > (1), x as M < A , B >");
    right("'a: { break 'a f() }", "tuple: 'a : { break 'a f () }");
    right("**boxed, &mut fut", "tuple: ** boxed, & mut fut");
}

#[test]
fn records() {
    right("a => f(1), b => g(2)", "record: a = f (1), b = g (2)");
    right("a => f(1)?, _ => g(2)?, _ => h(),", "record: a = f (1)?, _ = g (2)?, _ = h ()");
    right("r#type => f(), gen => g()", "record: r#type = f (), r#gen = g ()");
    right("pages => *urls.iter().map(|u| fetch(u))?", "record: pages = *urls . iter () . map (| u | fetch (u))?");
    right("a => (connect()?)", "record: a = (connect () ?)");
    right("a => connect()??", "record: a = connect () ??");
    right("limit => f(), spawn => g()", "record: limit = f (), spawn = g ()");
    right("a => if x == y { f() } else { g() }", "record: a = if x == y { f () } else { g () }");
    right("a => x.b, c => d", "record: a = x . b, c = d");
}

#[test]
fn structs() {
    right("Page {}", "Page: ");
    right("Page { a: f()?, b, 0: g() }", "Page: a = f ()?, b = b, 0 = g ()");
    right("Page { a: f(), ..base(), },", "Page ..base (): a = f ()");
    right("Self { a: |b| f(b), b: *list }", "Self: a = |b| f (b), b = *list");
    right("m::Kind::<T>::Page { a: f() }; spawn", "m :: Kind ::< T >:: Page: a = f (); spawn");
    right("Page { r#type, limit, spawn: f() }", "Page: r#type = r#type, limit = limit, spawn = f ()");
    right("Page { ..x }", "Page ..x: ");
}

#[test]
fn dependants() {
    right("a => f(), b => |a| g(a)?", "record: a = f (), b = |a| g (a)?");
    right(
        "b => async move |a, r#c: &Vec<u8>,| { a.await? }?, a => f(), c => g()",
        "record: b = async move |a, r#c: & Vec < u8 >| { a . await ? }?, a = f (), c = g ()",
    );
    right("b => *move |a| g(a)?, a => f()", "record: b = *move |a| g (a)?, a = f ()");
    right("a => f(), b => async |a| a.go().await?", "record: a = f (), b = async |a| a . go () . await?");
    right("r#a => f(), b => |a| g(a)", "record: r#a = f (), b = |a| g (a)");
    right("a => x | y", "record: a = x | y");
}

#[test]
fn plain_bodies_keep_what_does_not_leave_them() {
    for body in [
        "async move { g(a).await?; return 1 }",
        "g(a, |x| x?, async { b.await })",
        "g(a, |x| -> u8 { return x }, 1)",
        "{ fn h() -> Option<u8> { return None; Some(x?) } g(a) }",
        "g(a, gather!(x?), select!(x.await))",
        "{ let f: fn(u8) -> u8 = h; fn q<T: ?Sized>() {} g(a, x || y, x | y) }",
        "g(a, x < y || z, move || z?)",
    ] {
        let (_, errors) = super::read(&format!("a => f(), b => |a| {body}"));
        assert_eq!(errors, [], "{body}");
    }
}

#[test]
fn a_list_may_come_out_of_a_future() {
    right("*list().await", "tuple: *list () . await");
    right("(f().await), async { g().await }", "tuple: (f () . await), async { g () . await }");
    right("g(f().await), f().await.run()", "tuple: g (f () . await), f () . await . run ()");
}

/// What a `macro_rules!` macro hands on as `$e:expr` or `$t:path` comes in invisible delimiters.
#[test]
fn fragments_of_other_macros() {
    use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
    let fragment = |source: &str| -> TokenStream {
        let tokens = source.parse().unwrap();
        TokenTree::Group(Group::new(Delimiter::None, tokens)).into()
    };
    let (call, path, number) = (fragment("f(1, 2)"), fragment("m::Page"), fragment("0"));
    for (tokens, members, mistakes) in [
        (quote::quote!(a => #call?, b => *#call, c => g(); limit = 2), 3, 0),
        (quote::quote!(#call, #call?), 2, 0),
        (quote::quote!(#path { a: #call, ..#call }), 1, 0),
        (quote::quote!(#call; limit = #number), 1, 1),
        (quote::quote!(#call #call), 2, 1),
    ] {
        let mut errors = crate::errors::Errors::default();
        let source = tokens.to_string();
        let mut group = crate::parse::group(tokens, &mut errors);
        crate::check::group(&mut group, &mut errors);
        assert_eq!(errors.into_list().len(), mistakes, "{source}");
        assert_eq!(group.members.len(), members, "{source}");
    }
}
