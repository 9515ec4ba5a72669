use super::{read, right, wrong};

#[test]
fn punctuation() {
    right("<>", "tuple: ");
    right("< f(1), g(2)?, >", "tuple: f (1), g (2)?");
    right("<f::<A>()>", "tuple: f ::< A > ()");
    right("< *list >", "tuple: *list");
    right("< a => f(1), b => |a| g(a > &1) >", "record: a = f (1), b = |a| g (a > & 1)");
    right("< Page { a: f(1), ..base } >", "Page ..base: a = f (1)");
    right("<a => f(1)?; error = Box<dyn Error>>", "record: a = f (1)?; error = Box < dyn Error >");
    right("< a => f(1); limit = 1 << 3, spawn >", "record: a = f (1); limit = 1 << 3; spawn");
    right("< a => x as M<A> >", "record: a = x as M < A >");
}

#[test]
fn paths_of_types() {
    right("<T as Make>::make(), g()", "tuple: < T as Make >:: make (), g ()");
    right("<T>::make(), f::<A>", "tuple: < T >:: make (), f ::< A >");
    right("< <T as Make>::make(), g() >", "tuple: < T as Make >:: make (), g ()");
    right("<<T as A>::B as C>::make()", "tuple: << T as A >:: B as C >:: make ()");
    right("<<T as A>::b()>", "tuple: < T as A >:: b ()");
    right("<T as Make>::make()?; error = Box<dyn Error>", "tuple: < T as Make >:: make ()?; error = Box < dyn Error >");
}

#[test]
fn mistakes() {
    let not_closed = [("<", "this `<` is not closed: write `>` behind all members and options, or remove the `<`")];
    wrong("< a => f(1), b => g(2)", &not_closed, "record: a = f (1), b = g (2)");
    wrong("< f(1)?; error = Box<dyn Error>", &not_closed, "tuple: f (1)?; error = Box < dyn Error >");
    wrong("f(1), g(2) >", &[(">", "this `>` closes no `<`: remove it")], "tuple: f (1), g (2)");
    wrong("a => f(1); limit = 2 >", &[(">", "this `>` closes no `<`: remove it")], "record: a = f (1); limit = 2");
    wrong(
        "< a => f(1) >; limit = 2",
        &[(">", "the `>` stands last, behind the options: move it there")],
        "record: a = f (1); limit = 2",
    );
    // An arrow is none.
    let (ast, errors) = read("< a => f(1), b =>");
    assert_eq!((ast.as_str(), errors.len()), ("record: a = f (1), b# = ", 2));
    let (ast, errors) = read("< a => f(1), b => >");
    assert_eq!((ast.as_str(), errors.len()), ("record: a = f (1), b# = ", 1));
}
