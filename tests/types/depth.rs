//! How deep groups stand inside each other before rustc gives up asking whether they are `Send`: with its default limit, as deep as
//! calls of `tokio::join!` do.

use std::future::{Future, pending};

use gather::{gather, gather_group};

fn is_send<T: Future + Send>(_: T) {}
fn is_sync<T: Future + Sync>(_: T) {}

async fn leaf() -> u8 {
    0
}

async fn leaf_result() -> Result<u8, String> {
    Ok(0)
}

async fn next_to(n: u8) -> u8 {
    n
}

/// `form: last => |next| body;`, in which each fn awaits a group of the one before it.
macro_rules! chain {
    ($form:ident -> $output:ty, $body:ident, $leaf:ident: $($level:ident)+) => {
        #[test]
        fn $form() {
            chain!(@ $output, $body, $leaf, $($level)+);
        }
    };
    (@ $output:ty, $body:ident, $inner:ident, $level:ident $($rest:ident)*) => {
        async fn $level() -> $output {
            $body!($inner)
        }
        chain!(@ $output, $body, $level, $($rest)*);
    };
    (@ $output:ty, $body:ident, $last:ident,) => {
        // Never called: this is about what rustc asks, and to make the code of it asks other things.
        let _ = || (is_send($last()), is_sync($last()));
    };
}

macro_rules! twenty_two {
    ($form:ident -> $output:ty, $body:ident, $leaf:ident) => {
        chain!($form -> $output, $body, $leaf: a b c d e f g h i j k l m n o p q r s t u v);
    };
}

macro_rules! nineteen {
    ($form:ident -> $output:ty, $body:ident, $leaf:ident) => {
        chain!($form -> $output, $body, $leaf: a b c d e f g h i j k l m n o p q r s);
    };
}

macro_rules! sixteen {
    ($form:ident -> $output:ty, $body:ident, $leaf:ident) => {
        chain!($form -> $output, $body, $leaf: a b c d e f g h i j k l m n o p);
    };
}

macro_rules! fourteen {
    ($form:ident -> $output:ty, $body:ident, $leaf:ident) => {
        chain!($form -> $output, $body, $leaf: a b c d e f g h i j k l m n);
    };
}

struct Fields {
    next: u8,
    other: u8,
}

macro_rules! joined {
    ($next:ident) => {
        tokio::join!($next(), leaf()).0
    };
}
// What there is to be equal to.
twenty_two!(tokio_join -> u8, joined, leaf);

macro_rules! tuple {
    ($next:ident) => {
        gather!($next(), leaf()).await.0
    };
}
twenty_two!(a_tuple -> u8, tuple, leaf);

macro_rules! record {
    ($next:ident) => {{
        let r = gather! { next => $next(), other => leaf() }.await;
        r.next + r.other
    }};
}
twenty_two!(a_record -> u8, record, leaf);

macro_rules! fields {
    ($next:ident) => {{
        let r = gather! { Fields { next: $next(), other: leaf() } }.await;
        r.next + r.other
    }};
}
twenty_two!(a_struct -> u8, fields, leaf);

macro_rules! question {
    ($next:ident) => {
        Ok(gather!($next()?, leaf()).await?.0)
    };
}
twenty_two!(with_question_marks -> Result<u8, String>, question, leaf_result);

macro_rules! named {
    ($next:ident) => {
        gather!($next()?, leaf(); name_errors).await.map(|r| r.0).map_err(|e| e.to_string())
    };
}
twenty_two!(with_name_errors -> Result<u8, String>, named, leaf_result);

macro_rules! all {
    ($next:ident) => {
        gather!($next()?, leaf(); all_errors).await.map(|r| r.0).map_err(|e| e.to_string())
    };
}
twenty_two!(with_all_errors -> Result<u8, String>, all, leaf_result);

macro_rules! kept {
    ($next:ident) => {
        gather!($next(), leaf(); return_exceptions).await.0.unwrap_or(1)
    };
}
twenty_two!(with_return_exceptions -> u8, kept, leaf);

macro_rules! limited {
    ($next:ident) => {
        gather!($next(), leaf(); limit = 1).await.0
    };
}
twenty_two!(with_a_limit -> u8, limited, leaf);

macro_rules! until {
    ($next:ident) => {
        gather!($next(), leaf(); until = pending::<()>(), return_exceptions).await.0.unwrap_or(1)
    };
}
twenty_two!(with_until -> u8, until, leaf);

macro_rules! one {
    ($next:ident) => {
        gather!($next()).await.0
    };
}
twenty_two!(of_one -> u8, one, leaf);

macro_rules! eight {
    ($next:ident) => {
        gather!(leaf(), leaf(), leaf(), leaf(), leaf(), leaf(), leaf(), $next()).await.7
    };
}
twenty_two!(of_eight -> u8, eight, leaf);

macro_rules! sixteen_members {
    ($next:ident) => {{
        let all = gather! {
            a => leaf(), b => leaf(), c => leaf(), d => leaf(), e => leaf(), f => leaf(), g => leaf(), h => leaf(),
            i => leaf(), j => leaf(), k => leaf(), l => leaf(), m => leaf(), n => leaf(), o => leaf(), p => $next(),
        }
        .await;
        let _ =
            (all.a, all.b, all.c, all.d, all.e, all.f, all.g, all.h, all.i, all.j, all.k, all.l, all.m, all.n, all.o);
        all.p
    }};
}
twenty_two!(of_sixteen -> u8, sixteen_members, leaf);

macro_rules! list {
    ($next:ident) => {
        gather!(*[$next(), $next()]).await[0]
    };
}
nineteen!(of_a_list -> u8, list, leaf);

macro_rules! beside_a_list {
    ($next:ident) => {
        gather!($next(), *[leaf()]).await.0
    };
}
nineteen!(beside_lists -> u8, beside_a_list, leaf);

#[gather_group]
async fn staged<A: Future<Output = u8>>(a: A, b: impl Future<Output = u8>) -> u8 {
    let a = a.await;
    let b = b.await;
    a + b
}

macro_rules! stage {
    ($next:ident) => {
        staged($next(), leaf()).await
    };
}
// Two fns a level.
chain!(stages -> u8, stage, leaf: a b c d e f g h i j);

macro_rules! block {
    ($next:ident) => {
        gather!(async { $next().await }, leaf()).await.0
    };
}
sixteen!(in_a_block -> u8, block, leaf);

macro_rules! waited_for {
    ($next:ident) => {{
        let r = gather! { a => $next(), b => |a| next_to(*a) }.await;
        r.a + r.b
    }};
}
fourteen!(others_wait_for -> u8, waited_for, leaf);

#[test]
fn one_in_another() {
    macro_rules! direct {
        (.) => { leaf() };
        (. $($deeper:tt)+) => { gather!(direct!($($deeper)+), leaf()) };
    }
    // Members on the heap stand deeper in each other: `tests/nesting.rs`.
    let _ = || is_send(direct!(. . . . . . . . . . . . . . . . .));
}
