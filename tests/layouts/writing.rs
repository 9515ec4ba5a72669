//! Delimiters, commas, nesting and numbers, for all layouts alike.

use futures::FutureExt;
use futures::executor::block_on;
use gather::gather;

use crate::Page;
use crate::support::value;

#[test]
fn a_trailing_comma_never_changes_the_layout() {
    let one: (u8,) = block_on(gather!(value(1),));
    assert_eq!(one, (1,));
    let two: (u8, u8) = block_on(gather!(value(1), value(2),));
    assert_eq!(two, (1, 2));
    let list: Vec<u8> = block_on(gather!(*[value(1)],));
    assert_eq!(list, [1]);
    let record = block_on(gather! { a => value(1), });
    assert_eq!(record.a, 1);
    let page = block_on(gather!(Page { user: value("u"), ads: value(vec![]), views: value(3) }));
    assert_eq!(page.views, 3);
    let limited: (u8, u8) = block_on(gather!(value(1), value(2),; limit = 1,));
    assert_eq!(limited, (1, 2));
}

#[test]
fn all_three_delimiters() {
    let round = block_on(gather!(a => value(1), b => value(2)));
    let curly = block_on(gather! { a => value(1), b => value(2) });
    let square = block_on(gather![a => value(1), b => value(2)]);
    assert_eq!([round.a, round.b], [1, 2]);
    assert_eq!([curly.a, curly.b], [1, 2]);
    assert_eq!([square.a, square.b], [1, 2]);
    assert_eq!(block_on(gather! {value(1), value(2)}), (1, 2));
    assert_eq!(block_on(gather![value(1), value(2)]), (1, 2));
    assert_eq!(block_on(gather! {Page { user: value("u"), ..Page::default() }}).user, "u");
    assert_eq!(block_on(gather![*[value(1)]]), [1]);
}

#[test]
fn members_of_every_kind_of_expression() {
    let yes = true;
    let out = block_on(gather!(
        if yes { value(1) } else { value(0) },
        match u8::from(yes) {
            1 => value(2),
            _ => value(0),
        },
        { value(3) },
        'block: {
            if yes {
                break 'block value(4);
            }
            value(0)
        },
        loop {
            if yes {
                break value(5);
            }
        },
        async { 6 },
        async move { if yes { 7 } else { 0 } },
        Box::pin(value(8)),
        value(1 << 3).map(|eight| eight + 1),
        value(if 1 < 2 { 10 } else { 0 }),
    ));
    assert_eq!(out, (1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
    assert_eq!(block_on(gather!(if yes { value(1) } else { value(0) })), (1,));
    assert_eq!(block_on(gather!(async move { yes })), (true,));
}

#[test]
fn commas_between_angle_brackets() {
    trait Both<A, B> {
        async fn both(self, a: A, b: B) -> (A, B);
    }
    impl<A, B> Both<A, B> for () {
        async fn both(self, a: A, b: B) -> (A, B) {
            (a, b)
        }
    }
    async fn both<A, B>(a: A, b: B) -> (A, B) {
        (a, b)
    }
    let out = block_on(gather!(both::<u8, u16>(1, 2), <() as Both<u8, u16>>::both((), 3, 4), value(5)));
    assert_eq!(out, ((1, 2), (3, 4), 5));
    let r = block_on(gather! { a => both::<u8, Vec<Option<u8>>>(1, vec![]), b => value(2) });
    assert_eq!((r.a, r.b), ((1, vec![]), 2));
}

#[test]
fn comparisons_are_no_angle_brackets() {
    let (a, b, c, d) = (1, 2, 4, 3);
    let out = block_on(gather!(if a < b { value(1) } else { value(0) }, if c > d { value(2) } else { value(0) },));
    assert_eq!(out, (1, 2));
}

#[test]
fn futures_in_variables_named_like_options() {
    let (limit, timeout, until, error) = (value(1), value(2), value(3), value(4));
    assert_eq!(block_on(gather!(limit, timeout, until, error)), (1, 2, 3, 4));
    let (limit, spawn) = (value(1), value(2));
    let r = block_on(gather! { limit => limit, spawn => spawn; limit = 1 });
    assert_eq!((r.limit, r.spawn), (1, 2));
}

#[test]
fn groups_nest() {
    let r = block_on(gather! {
        left => gather! { a => value(1), b => gather!(value(2), value(3)) },
        right => gather!(*(0..2).map(|i| gather!(value(i)))),
    });
    assert_eq!((r.left.a, r.left.b, r.right), (1, (2, 3), vec![(0,), (1,)]));
}

#[test]
fn a_hundred_members() {
    macro_rules! hundred {
        ($($name:ident)*) => {{
            let record = block_on(gather! { $($name => value(stringify!($name))),* });
            let tuple = block_on(gather!($(value(stringify!($name))),*));
            let ($($name),*) = tuple;
            [$((record.$name, $name)),*]
        }};
    }
    let both = hundred! {
        a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 b0 b1 b2 b3 b4 b5 b6 b7 b8 b9
        c0 c1 c2 c3 c4 c5 c6 c7 c8 c9 d0 d1 d2 d3 d4 d5 d6 d7 d8 d9
        e0 e1 e2 e3 e4 e5 e6 e7 e8 e9 f0 f1 f2 f3 f4 f5 f6 f7 f8 f9
        g0 g1 g2 g3 g4 g5 g6 g7 g8 g9 h0 h1 h2 h3 h4 h5 h6 h7 h8 h9
        i0 i1 i2 i3 i4 i5 i6 i7 i8 i9 j0 j1 j2 j3 j4 j5 j6 j7 j8 j9
    };
    let names: Vec<String> = "abcdefghij".chars().flat_map(|c| (0..10).map(move |i| format!("{c}{i}"))).collect();
    assert_eq!(both.map(|(record, _)| record).as_slice(), names);
    assert_eq!(both.map(|(_, tuple)| tuple).as_slice(), names);
}

#[test]
fn members_from_a_users_macro() {
    macro_rules! both {
        ($a:expr, $b:expr) => {
            gather! { a => $a, b => $b }
        };
    }
    let r = block_on(both!(value(1), async { 2 }));
    assert_eq!((r.a, r.b), (1, 2));
}
