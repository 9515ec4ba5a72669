//! Rows M: what may be a member. What may not is refused at compile time.

use gather::gather;

use crate::support::{Log, run};

// `IntoFuture` is what `__await__` is; its future has to be `Send`.
#[test]
fn s_m10_anything_that_can_be_awaited() {
    struct Awaitable(Log);

    impl IntoFuture for Awaitable {
        type Output = u32;
        type IntoFuture = std::pin::Pin<Box<dyn Future<Output = u32> + Send>>;

        fn into_future(self) -> Self::IntoFuture {
            Box::pin(self.0.child("a", 1, 1))
        }
    }

    let events = run(async |log| {
        let (a, b) = gather!(Awaitable(log.clone()), log.child("b", 1, 2); spawn).await.unwrap();
        log.result([a, b]);
    });
    assert_eq!(events, "0 a start; 0 b start; 1 a end; 1 b end; 1 main result [1, 2]");
}
