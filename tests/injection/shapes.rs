//! Groups of every shape, each of members in which user code may panic.

use std::pin::Pin;

use gather::gather;

use crate::fuse::{Big, Out, body, capture, err, into, iter, never, ok, until, val};

pub(crate) struct Shape {
    pub(crate) name: &'static str,
    pub(crate) in_task: fn() -> Pin<Box<dyn Future<Output = ()>>>,
    #[cfg(feature = "tokio")]
    pub(crate) spawned: Option<fn() -> Box<dyn crate::spawned::Spawned>>,
}

struct Page {
    _a: Out,
    _b: Out,
}

macro_rules! shapes {
    ($($kind:ident $name:literal: { $($members:tt)* } $([$($option:tt)+])?;)*) => {
        #[cfg(feature = "tokio")]
        pub(crate) static SHAPES: &[Shape] = &[$(Shape {
            name: $name,
            in_task: || {
                let group = gather! { $($members)* $(; $($option)+)? };
                Box::pin(async move { drop(group.await) })
            },
            spawned: shapes!(@$kind { $($members)* } $([$($option)+])?),
        }),*];
        #[cfg(not(feature = "tokio"))]
        pub(crate) static SHAPES: &[Shape] = &[$(Shape {
            name: $name,
            in_task: || {
                let group = gather! { $($members)* $(; $($option)+)? };
                Box::pin(async move { drop(group.await) })
            },
        }),*];
    };
    (@both { $($members:tt)* } $([$($option:tt)+])?) => {
        Some(|| Box::new(Some(gather! { $($members)* ; spawn $(, $($option)+)? })))
    };
    (@in_task { $($members:tt)* } $([$($option:tt)+])?) => { None };
}

#[rustfmt::skip]
shapes! {
    both "two": { val(0), val(1) };
    both "into": { into(0), into(1), into(1) };
    both "nine": { val(0), val(1), val(1), val(0), val(1), val(1), val(1), val(1), val(1) };
    both "ten with an error": { ok(0)?, ok(1)?, ok(1)?, ok(0)?, ok(1)?, ok(1)?, ok(1)?, ok(1)?, ok(2)?, err(1)? };
    both "ignored": { _ => val(0), b => into(1) };
    both "struct": { Page { _a: val(0), _b: val(1) } };
    both "one list": { *iter(3, |_| val(1)) };
    both "one list of into": { *iter(3, |_| into(1)) };
    both "empty list": { *iter(0, |_| val(1)) };
    both "ready list": { *iter(70, |_| val(0)) };
    both "long list": { *iter(70, |i| val(usize::from(i % 7 == 0))) };
    both "list of nine": { *iter(9, |_| val(1)) };
    both "lists and singles": { val(1), *iter(2, |_| val(1)), into(0), *iter(9, |_| into(1)) };
    both "first error": { ok(1)?, err(0)?, *iter(2, |_| ok(1))? };
    both "error in a list": { ok(2)?, *iter(3, |i| if i == 0 { err(1) } else { ok(1) })? };
    both "converted": { ok(1)?, err(1)? } [error = Big];
    both "converted list": { *iter(3, |i| if i == 1 { err(1) } else { ok(1) })? } [error = Big];
    in_task "named": { a => ok(1)?, b => err(1)? } [name_errors];
    in_task "named list": { xs => *iter(9, |i| if i == 1 { err(1) } else { ok(1) })? } [name_errors];
    both "all errors": { a => ok(1)?, b => err(0)?, c => err(1)?, d => val(1) } [all_errors];
    both "all errors of a list": { xs => *iter(3, |i| if i == 1 { ok(1) } else { err(1) })?, d => val(1) } [all_errors];
    both "all errors converted": { a => err(1)?, b => *iter(2, |_| err(0))? } [all_errors, error = Big];
    both "kept": { a => ok(1), b => err(0), c => into(1) } [return_exceptions];
    both "kept list": { xs => *iter(9, |i| if i == 1 { err(1) } else { ok(0) }), b => val(1) } [return_exceptions];
    both "kept long list": { xs => *iter(70, |i| val(usize::from(i == 66))) } [return_exceptions];
    both "kept and converted": { a => err(1)?, b => *iter(2, |_| err(0))? } [return_exceptions, error = Big];
    both "limit": { val(1), val(0), into(1), val(1) } [limit = 2];
    both "limited list": { *iter(5, |_| val(1)) } [limit = 2];
    both "limited list of into": { a => into(1), xs => *iter(5, |i| into(i % 2)) } [limit = 1];
    both "limited error": { xs => *iter(5, |i| if i == 1 { err(1) } else { ok(1) })? } [limit = 2];
    both "limited all errors": { xs => *iter(5, |i| if i == 1 { err(1) } else { ok(1) })?, b => err(1)? } [limit = 2, all_errors];
    both "limited and kept": { xs => *iter(4, |_| err(1)), b => val(1) } [limit = 2, return_exceptions];
    both "dependant": { a => val(1), b => |a| body(a, val(1)) };
    both "dependant of into": { a => into(0), b => |a| body(a, into(1)), c => |a, b| body(&(a, b), into(0)) };
    both "async dependant": { a => val(1), b => async move |a| { let _kept = capture(); body(a, val(1)).await } };
    both "dependant of a list": { xs => *iter(3, |_| val(1)), n => |xs| body(xs, val(1)) };
    both "dependant of a long list": { xs => *iter(70, |_| val(0)), n => |xs| body(xs, val(1)) };
    both "dependent list": { a => val(0), xs => *|a| body(a, iter(3, |_| val(1))) };
    both "dependent lists": { xs => *iter(9, |_| val(0)), ys => *|xs| body(xs, iter(9, |_| val(1))), n => |ys| body(ys, val(1)) };
    both "failed dependency": { a => err(1)?, b => |a| body(a, ok(1))?, c => ok(1)? };
    both "skipped": { a => err(0), b => |a| body(a, val(1)), xs => *|b| body(b, iter(3, |_| val(1))) } [return_exceptions];
    both "all errors and dependants": { a => ok(0)?, b => |a| body(a, err(1))?, c => |b| body(b, ok(1))? } [all_errors];
    both "limited dependants": { xs => *iter(3, |_| ok(1))?, ys => *|xs| body(xs, iter(3, |_| ok(0)))?, n => |ys| body(ys, ok(1))? } [limit = 2];
    both "kept and limited dependants": { a => ok(1), ys => *|a| body(a, iter(3, |_| err(0))), n => |ys| body(ys, ok(1)) } [return_exceptions, limit = 1];
    both "until": { a => never(), b => val(1), xs => *iter(3, |i| if i == 0 { never() } else { val(0) }) } [return_exceptions, until = until(2)];
    both "until at once": { a => never(), xs => *iter(9, |_| never()) } [return_exceptions, until = until(0)];
    both "until long list": { xs => *iter(70, |i| if i == 66 { never() } else { val(1) }) } [return_exceptions, until = until(2)];
    both "until and limit": { a => never(), xs => *iter(4, |_| never()) } [return_exceptions, limit = 2, until = until(1)];
    both "until and dependants": { a => never(), b => |a| body(a, val(1)), xs => *|a| body(a, iter(3, |_| val(1))), ys => *iter(3, |_| val(0)), n => |ys| body(ys, never()) } [return_exceptions, until = until(1)];
    both "late until": { a => val(1), b => val(0) } [return_exceptions, until = until(9)];
    in_task "nested": { a => gather!(ok(1)?, err(1)?), b => gather!(*iter(3, |_| val(1))), c => gather!(val(1), never(); return_exceptions, until = until(1)) };
}
