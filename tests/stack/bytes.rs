//! What a group needs beside its members' bytes.

use std::future::pending;
use std::hint::black_box;

use gather::{gather, gather_group};

use crate::support::{MEMBER, after, fallible, large, run, used};

/// Stack, as a multiple of all members' bytes.
const BOUND: usize = 2;

/// What is there beside them, whatever the members: frames of tests and of the standard library.
const BESIDE: usize = 48 << 10;

fn assert_fits(form: &str, members: usize, f: fn()) {
    let (used, bytes) = (used(f), members * MEMBER);
    let times = f64::from(u32::try_from(used / 1024).unwrap()) / f64::from(u32::try_from(bytes / 1024).unwrap());
    println!("{form}: {} KiB, {times:.2}x", used / 1024);
    assert!(used <= BOUND * bytes + BESIDE, "{form}: {times:.2} times the members' bytes");
}

/// `form: so many members => group;`
macro_rules! fit {
    ($($form:literal: $members:literal => $group:expr;)+) => { $(
        assert_fits($form, $members, || _ = black_box(run(async { $group.await })));
    )+ };
}

#[derive(Debug)]
struct Fields {
    a: u8,
    b: u8,
    c: u8,
    d: u8,
}

const NONE: Fields = Fields { a: 0, b: 0, c: 0, d: 0 };

#[test]
fn every_layout() {
    fit! {
        "tuple": 4 => gather!(large(1), large(2), large(3), large(4));
        "record": 4 => gather! { a => large(1), b => large(2), c => large(3), _ => large(4) };
        "struct": 4 => gather! { Fields { a: large(1), b: large(2), c: large(3), d: large(4) } };
        "struct on a base": 4 => gather! { Fields { a: large(1), b: large(2), c: large(3), ..NONE } };
    }
}

#[test]
fn every_policy() {
    fit! {
        "?": 4 => gather!(fallible(1)?, fallible(2)?, fallible(3)?, large(4));
        "name_errors": 4 => gather!(fallible(1)?, fallible(2)?, fallible(3)?, large(4); name_errors);
        "all_errors": 4 => gather!(fallible(1)?, fallible(2)?, fallible(3)?, large(4); all_errors);
        "return_exceptions": 4 => gather!(fallible(1)?, fallible(2), large(3), large(4); return_exceptions);
        "error": 4 => gather!(fallible(1)?, fallible(2)?, fallible(3)?, fallible(4)?; error = Box<dyn std::error::Error>);
    }
}

#[test]
fn every_option() {
    fit! {
        "limit": 4 => gather!(large(1), large(2), large(3), large(4); limit = 2);
        "limit, ?": 4 => gather!(fallible(1)?, fallible(2)?, fallible(3)?, large(4); limit = 2);
        "limit, return_exceptions": 4 => gather!(fallible(1)?, large(2), large(3), large(4); limit = 2, return_exceptions);
        "until": 4 => gather!(large(1), large(2), large(3), large(4); until = pending::<()>(), return_exceptions);
        "until, large": 4 => gather!(large(1), large(2), large(3); until = large(4), return_exceptions);
    }
}

#[test]
fn dependants() {
    fit! {
        "a dependant": 4 => gather! { a => large(1), b => large(2), c => large(3), d => |a| after(a) };
        "async": 4 => gather! { a => large(1), b => large(2), c => large(3), d => async |a| after(a).await };
        "a chain": 4 => gather! { a => large(1), b => |a| after(a), c => |b| after(b), d => |c| after(c) };
        "under a limit": 4 => gather! { a => large(1), b => |a| after(a), c => |b| after(b), d => |c| after(c); limit = 1 };
        "return_exceptions": 4 => gather! { a => large(1), b => |a| after(a), c => large(3), d => |c| after(c); return_exceptions };
        "?": 4 => gather! { a => fallible(1)?, b => |a| after(a), c => fallible(3)?, d => |c| after(c) };
        "in a struct": 4 => gather! { Fields { a: large(1), b: |a| after(a), c: |b| after(b), d: |c| after(c) } };
    }
}

#[gather_group]
async fn one_stage() -> u8 {
    let a = large(1).await;
    let b = large(2).await;
    let c = large(3).await;
    let d = large(4).await;
    a + b + c + d
}

#[gather_group]
async fn stage_that_may_fail() -> Result<u8, String> {
    let a = fallible(1).await?;
    let b = fallible(2).await?;
    let c = fallible(3).await?;
    let d = large(4).await;
    Ok(a + b + c + d)
}

#[gather_group(limit = 2)]
async fn stage_under_a_limit() -> u8 {
    let a = large(1).await;
    let b = large(2).await;
    let c = large(3).await;
    let d = large(4).await;
    a + b + c + d
}

#[gather_group]
async fn two_stages() -> u8 {
    let a = large(1).await;
    let b = large(2).await;
    let c = large(a).await;
    let d = large(b).await;
    a + b + c + d
}

#[test]
fn stages() {
    fit! {
        "a stage": 4 => one_stage();
        "a stage, ?": 4 => stage_that_may_fail();
        "a stage, limit": 4 => stage_under_a_limit();
        "two stages": 4 => two_stages();
    }
}

#[test]
fn any_number_of_members() {
    fit! {
        "1": 1 => gather!(large(1));
        "1, ?": 1 => gather!(fallible(1)?);
        "1, return_exceptions": 1 => gather!(fallible(1); return_exceptions);
        "1, limit": 1 => gather!(large(1); limit = 1);
        "2": 2 => gather!(large(1), large(2));
        "3": 3 => gather!(large(1), large(2), large(3));
        "9": 9 => gather!(large(1), large(2), large(3), large(4), large(5), large(6), large(7), large(8), large(9));
        "beside a list": 2 => gather!(large(1), *Vec::<std::future::Ready<u8>>::new(), large(2));
    }
}
