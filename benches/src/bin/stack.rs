//! What groups need of the stack in a build that is not optimised, and how deep they may stand inside each other, beside their peers.
//!
//! `cargo run -p gather-benches --bin stack`, without `--release`.
#![forbid(unsafe_code)]
#![allow(clippy::unused_async, reason = "members are calls of async fns")]
#![allow(clippy::large_futures, clippy::large_stack_arrays, reason = "that is what is measured")]

#[cfg(target_os = "linux")]
#[path = "../../../tests/support/stack.rs"]
mod stack;

#[cfg(target_os = "linux")]
fn main() {
    tables::write();
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("Only Linux tells how much of a stack is in use.");
}

#[cfg(target_os = "linux")]
mod tables {
    use std::future::pending;
    use std::hint::black_box;
    use std::pin::Pin;

    use futures::{StreamExt as _, stream};
    use gather::{gather, gather_group};

    use super::stack::{MEMBER, after, fallible, large, run, used};

    #[gather_group]
    async fn stage() -> u8 {
        let a = large(1).await;
        let b = large(2).await;
        let c = large(3).await;
        let d = large(4).await;
        a + b + c + d
    }

    /// A row for each: what it is called, its members, and the group.
    macro_rules! rows {
        ($($name:literal, $members:literal: $group:expr;)+) => { $(
            let kibibytes = used(|| _ = black_box(run(async { $group }))) / 1024;
            let members = $members * MEMBER / 1024;
            let hundredths = kibibytes * 100 / members;
            println!("| {} | {} | {kibibytes} KiB | {}.{:02} |", $name, $members, hundredths / 100, hundredths % 100);
        )+ };
    }

    type Boxed = Pin<Box<dyn Future<Output = u8>>>;

    async fn leaf() -> u8 {
        1
    }

    /// Bytes a level of a recursion whose step is `$group`.
    macro_rules! levels {
        ($($name:literal: |$next:ident| $group:expr;)+) => { $(
            fn recursive(n: u32) -> Boxed {
                Box::pin(async move {
                    let Some(n) = n.checked_sub(1) else { return 0 };
                    let $next = || recursive(n);
                    $group
                })
            }
            let few = used(|| _ = black_box(run(recursive(10))));
            let many = used(|| _ = black_box(run(recursive(410))));
            println!("| {} | {} |", $name, (many - few) / 400);
        )+ };
    }

    macro_rules! each_level {
        ($($name:literal: |$next:ident| $group:expr;)+) => { $({ levels!($name: |$next| $group;); })+ };
    }

    pub(super) fn write() {
        println!(
            "Members of 64 KiB in a build that is not optimised; the last column is how many times their bytes.\n"
        );
        println!("| | members | stack | times |");
        println!("|---|--:|--:|--:|");
        rows! {
            "`futures::join!`", 4: futures::join!(large(1), large(2), large(3), large(4));
            "`tokio::join!`", 4: tokio::join!(large(1), large(2), large(3), large(4));
            "`tokio::try_join!`", 4: tokio::try_join!(fallible(1), fallible(2), fallible(3), fallible(4));
            "tuple", 4: gather!(large(1), large(2), large(3), large(4)).await;
            "record", 4: gather! { a => large(1), _b => large(2), _c => large(3), _ => large(4) }.await.a;
            "`?`", 4: gather!(fallible(1)?, fallible(2)?, fallible(3)?, fallible(4)?).await;
            "`name_errors`", 4: gather!(fallible(1)?, fallible(2)?, fallible(3)?, large(4); name_errors).await.is_ok();
            "`all_errors`", 4: gather!(fallible(1)?, fallible(2)?, fallible(3)?, large(4); all_errors).await.is_ok();
            "`return_exceptions`", 4: gather!(fallible(1), fallible(2), large(3), large(4); return_exceptions).await.0.is_ok();
            "`limit`", 4: gather!(large(1), large(2), large(3), large(4); limit = 2).await;
            "`until`", 4: gather!(large(1), large(2), large(3), large(4); until = pending::<()>(), return_exceptions).await.0.is_ok();
            "dependants", 4: gather! { a => large(1), _b => |a| after(a), c => large(3), _d => |c| after(c) }.await.a;
            "a stage of `#[gather_group]`", 4: stage().await;
            "`join_all`", 4: futures::future::join_all([large(1), large(2), large(3), large(4)]).await;
            "list", 4: gather!(*[large(1), large(2), large(3), large(4)]).await;
            "list under a `limit`", 4: gather!(*[large(1), large(2), large(3), large(4)]; limit = 4).await;
            "`join_all` of an iterator", 4: futures::future::join_all((1..=4).map(large)).await;
            "list of an iterator", 4: gather!(*(1..=4).map(large)).await;
            "`buffered`, of an iterator", 4: stream::iter((1..=4).map(large)).buffered(4).collect::<Vec<_>>().await;
            "list of an iterator under a `limit`", 4: gather!(*(1..=4).map(large); limit = 4).await;
            "`tokio::join!`", 1: tokio::join!(large(1));
            "tuple", 1: gather!(large(1)).await;
            "`tokio::join!`", 2: tokio::join!(large(1), large(2));
            "tuple", 2: gather!(large(1), large(2)).await;
        }
        println!("\nRecursion through `Box::pin`, bytes of stack a level:\n");
        println!("| | bytes |");
        println!("|---|--:|");
        each_level! {
            "`futures::join!`": |next| futures::join!(next(), leaf()).0;
            "`tokio::join!`": |next| tokio::join!(next(), leaf()).0;
            "`tokio::try_join!`": |next| tokio::try_join!(async { Ok::<u8, String>(next().await) }, async { Ok(leaf().await) }).map_or(1, |r| r.0);
            "tuple": |next| gather!(next(), leaf()).await.0;
            "record": |next| gather! { a => next(), _ => leaf() }.await.a;
            "`?`": |next| gather!(next(), async { Ok::<u8, String>(leaf().await) }?).await.map_or(1, |r| r.0);
            "`limit`": |next| gather!(next(), leaf(); limit = 2).await.0;
            "`return_exceptions`": |next| gather!(next(), leaf(); return_exceptions).await.0.unwrap_or(1);
            "dependants": |next| gather! { a => leaf(), b => |a| { let _ = a; next() } }.await.b;
        }
    }
}
