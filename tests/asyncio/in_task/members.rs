//! Rows M: what may be a member. What may not is refused at compile time.

use gather::gather;

use crate::support::{Log, run};

// asyncio warns when the program ends; here rustc does, unless the group is given up on purpose as it is here.
#[test]
fn m06_a_group_that_is_never_awaited() {
    let events = run(async |log| {
        drop(gather!(log.child("a", 1, 1), log.child("b", 1, 2)));
        log.reach(2).await;
        log.record("main", "done");
    });
    assert_eq!(events, "2 main done");
}

// `IntoFuture` is what `__await__` is.
#[test]
fn m10_anything_that_can_be_awaited() {
    struct Awaitable(Log);

    impl IntoFuture for Awaitable {
        type Output = u32;
        type IntoFuture = std::pin::Pin<Box<dyn Future<Output = u32>>>;

        fn into_future(self) -> Self::IntoFuture {
            Box::pin(self.0.child("a", 1, 1))
        }
    }

    let events = run(async |log| {
        let (a, b) = gather!(Awaitable(log.clone()), log.child("b", 1, 2)).await;
        log.result([a, b]);
    });
    assert_eq!(events, "0 a start; 0 b start; 1 a end; 1 b end; 1 main result [1, 2]");
}
