//! The same bodies without `poll_all`, so that the tests of the forms can fail: what is not polled at every turn waits for ever.

mod support;

use support::{Kind, Place, wait_until};

/// What waits for more than eight at once, and what does not.
const HANGS: [&str; 9] =
    ["twelve", "list", "limit", "blocks", "dependants", "nested", "exceptions", "all_errors", "completions"];
const ENDS: [&str; 3] = ["record", "first_error", "function"];

#[tokio::test]
async fn without_poll_all_they_hang() {
    let place = Place::new(Kind::Sqlite, "control").await;
    let name = |form: &&str| format!("plain.{form}");
    for form in HANGS.iter().chain(&ENDS).map(name) {
        place.start(&form, &form).await;
    }
    let _worker = place.worker();
    // No activity, no message, no timer is left: whatever has not ended by now never does.
    wait_until("the engine has nothing to do", async || place.is_idle().await).await;
    for form in HANGS.iter().map(name) {
        assert_eq!(place.outcome(&form).await, None, "{form} has ended");
    }
    for form in ENDS.iter().map(name) {
        assert!(matches!(place.outcome(&form).await, Some(Ok(_))), "{form} hangs");
    }
}
