//! Rows M: what may be a member. What may not is refused at compile time.

use gather::gather;

use crate::support::run;

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
