//! Fields of the user's own types.

use std::future::ready;

use futures::executor::block_on;
use gather::gather;

use crate::Page;
use crate::support::{Trace, Wrong, good, value};

#[test]
fn the_users_own_struct() {
    let page = block_on(gather!(Page { user: value("u"), ads: *[value(1), value(2)], views: value(3) }));
    assert_eq!(page, Page { user: "u", ads: vec![1, 2], views: 3 });

    let failed = block_on(gather!(Page { user: value("u"), ads: value(vec![]), views: async { Err(Wrong(1)) }? }));
    assert_eq!(failed, Err(Wrong(1)));
}

#[test]
fn a_struct_with_a_base() {
    let trace = Trace::new();
    let page = block_on(gather!(Page {
        user: trace.seen("user", value("u")),
        views: trace.seen("views", value(3)),
        ..trace.seen("base", Page { user: "?", ads: vec![9], views: 0 })
    }));
    assert_eq!(page, Page { user: "u", ads: vec![9], views: 3 });
    // Once, and after the members.
    assert_eq!(trace.take(), "user views base");
}

#[test]
fn a_base_may_leave_or_wait_for_the_caller() {
    fn stored(ok: bool) -> Result<Page, Wrong> {
        if ok { Ok(Page::default()) } else { Err(Wrong(1)) }
    }
    async fn load(ok: bool) -> Result<Page, Wrong> {
        Ok(gather!(Page { views: value(3), ..stored(ok)? }).await)
    }
    assert_eq!(block_on(load(true)).map(|page| page.views), Ok(3));
    assert_eq!(block_on(load(false)), Err(Wrong(1)));
    let page = block_on(async { gather!(Page { views: value(3), ..value(Page::default()).await }).await });
    assert_eq!(page.views, 3);
}

#[test]
fn a_struct_without_members() {
    #[derive(Debug, PartialEq)]
    struct Empty {}

    assert_eq!(block_on(gather!(Empty {})), Empty {});
    assert_eq!(block_on(gather!(Page { ..Page::default() })), Page::default());
}

#[test]
fn a_struct_in_shorthand() {
    let user = ready("u");
    let views = ready(3);
    let page = block_on(gather!(Page { user, ads: value(vec![]), views }));
    assert_eq!(page, Page { user: "u", ads: vec![], views: 3 });
}

impl Page {
    async fn load() -> Result<Self, Wrong> {
        gather!(Self { user: good("u")?, ads: value(vec![]), views: good(3)? }).await
    }
}

#[test]
fn self_and_enum_variants() {
    #[derive(Debug, PartialEq)]
    enum Shape {
        Circle { radius: u8 },
        Square { side: u8 },
    }

    impl Shape {
        async fn circle() -> Self {
            gather!(Self::Circle { radius: value(1) }).await
        }
    }

    assert_eq!(block_on(Shape::circle()), Shape::Circle { radius: 1 });
    assert_eq!(block_on(gather!(Shape::Square { side: value(2) })), Shape::Square { side: 2 });
    assert_eq!(block_on(Page::load()).map(|page| page.views), Ok(3));
}

#[test]
fn generic_qualified_and_tuple_structs() {
    #[derive(Debug, PartialEq)]
    struct Pair<A, B> {
        a: A,
        b: B,
    }

    #[derive(Debug, PartialEq)]
    struct Couple(u8, u8);

    mod inner {
        pub(crate) struct Deep {
            pub(crate) x: u8,
        }
    }

    assert_eq!(block_on(gather!(Pair { a: value(1), b: value("b") })), Pair { a: 1, b: "b" });
    assert_eq!(block_on(gather!(Pair::<u8, _> { a: value(1), b: value('b') })), Pair { a: 1, b: 'b' });
    assert_eq!(block_on(gather!(inner::Deep { x: value(1) })).x, 1);
    assert_eq!(block_on(gather!(Couple { 1: value(2), 0: value(1) })), Couple(1, 2));
}

#[test]
fn a_struct_that_is_itself_a_future_is_a_member_in_parentheses() {
    struct Now {
        value: u8,
    }

    impl IntoFuture for Now {
        type Output = u8;
        type IntoFuture = std::future::Ready<u8>;

        fn into_future(self) -> Self::IntoFuture {
            ready(self.value)
        }
    }

    let out: (u8,) = block_on(gather!((Now { value: 1 })));
    assert_eq!(out, (1,));
    let out = block_on(gather!(Now { value: 1 }, (Now { value: 2 })));
    assert_eq!(out, (1, 2));
}
