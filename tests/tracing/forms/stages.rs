//! `#[gather_group]`: each stage is a group, whose members have the names of what they bind.

use gather::gather_group;

use super::{bad, good, spans};

#[gather_group]
async fn page(fails: bool) -> Result<u8, String> {
    let user = good(1, 1).await?;
    let (first, second) = good(0, (2, 3)).await?;
    let _unused = if fails { bad(2).await? } else { 0 };
    let advice = good(0, user + first).await?;
    let other = good(0, second + user).await?;
    Ok(advice + other)
}

#[test]
fn each_stage_is_a_group() {
    let stages = [
        "group of 3, none",
        "group > user, 2 polls: ok",
        "group > (first, second), 1 polls: ok",
        "group > _unused, 1 polls: ok",
        "group of 2, none",
        "group > advice, 1 polls: ok",
        "group > other, 1 polls: ok",
    ];
    assert_eq!(spans(page(false)), stages);
    let failed = spans(page(true));
    assert_eq!(failed[3], "group > _unused, 3 polls: error");
    assert_eq!(failed.len(), 4);
}

#[gather_group(limit = 1)]
async fn limited() -> Option<u8> {
    let a = async { Some(1) }.await?;
    let b = async { None::<u8> }.await?;
    Some(a + b)
}

#[test]
fn its_limit_is_waited_for() {
    assert_eq!(
        spans(limited()),
        ["group of 2, none", "group > a, waited, 1 polls: ok", "group > b, waited, 1 polls: error"]
    );
}
