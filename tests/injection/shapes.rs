//! Groups of every shape, each of members in which user code may panic.

use std::pin::Pin;

use gather::gather;

use crate::fuse::{Big, Out, body, capture, err, into, never, ok, until, val};
use crate::lists::{iter, keyed, stream};
use crate::take_each;

pub(crate) struct Shape {
    pub(crate) name: &'static str,
    pub(crate) in_task: Option<fn() -> Pin<Box<dyn Future<Output = ()>>>>,
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
            in_task: shapes!(#$kind { $($members)* } $([$($option)+])?),
            spawned: shapes!(@$kind { $($members)* } $([$($option)+])?),
        }),*];
        #[cfg(not(feature = "tokio"))]
        pub(crate) static SHAPES: &[Shape] = &[$(Shape {
            name: $name,
            in_task: shapes!(#$kind { $($members)* } $([$($option)+])?),
        }),*];
    };
    (@spawned $members:tt $($options:tt)?) => { shapes!(@both $members $($options)?) };
    (@both { $($members:tt)* } $([$($option:tt)+])?) => {
        Some(|| Box::new(Some(gather! { $($members)* ; spawn $(, $($option)+)? })))
    };
    (@$kind:ident { $($members:tt)* } $([$($option:tt)+])?) => { None };
    (#spawned $members:tt $($options:tt)?) => { None };
    (#one_by_one { $($members:tt)* } [$($option:tt)+]) => {
        Some(|| Box::pin(take_each(gather! { $($members)* ; $($option)+ })))
    };
    (#$kind:ident { $($members:tt)* } $([$($option:tt)+])?) => {
        Some(|| {
            let group = gather! { $($members)* $(; $($option)+)? };
            Box::pin(async move { drop(group.await) })
        })
    };
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

    both "keys": { *iter(3, |i| keyed(val(i % 2))) };
    both "many keys": { val(1), *iter(9, |i| keyed(into(i % 2))) };
    both "limited keys": { *iter(5, |_| keyed(val(1))) } [limit = 2];
    both "error with a key": { *iter(9, |i| keyed(if i == 7 { err(1) } else { ok(1) }))? };
    both "error with a key, converted": { *iter(3, |i| keyed(if i == 1 { err(1) } else { ok(1) }))? } [error = Big, limit = 2];
    in_task "error named by its key": { xs => *iter(3, |i| keyed(if i == 1 { err(1) } else { ok(1) }))?, b => val(1) } [name_errors];
    both "all errors with keys": { xs => *iter(3, |i| keyed(if i == 1 { ok(1) } else { err(1) }))?, b => val(1) } [all_errors];
    both "kept keys": { xs => *iter(4, |i| keyed(if i % 2 == 1 { err(1) } else { ok(0) })), b => val(1) } [return_exceptions];
    both "kept and limited keys": { xs => *iter(4, |i| keyed(if i % 2 == 1 { err(1) } else { ok(0) })) } [return_exceptions, limit = 2];
    both "dependant of keys": { xs => *iter(3, |_| keyed(val(1))), n => |xs| body(xs, val(1)) };
    both "dependent keys": { a => val(0), xs => *|a| body(a, iter(3, |_| keyed(ok(1))))?, n => |xs| body(xs, ok(0))? };
    both "until and keys": { xs => *iter(4, |i| keyed(if i % 2 == 1 { never() } else { val(1) })), b => val(1) } [return_exceptions, until = until(2)];
    both "until, limit and keys": { *iter(4, |i| keyed(val(50 * (i % 2)))) } [return_exceptions, limit = 2, until = until(2)];

    spawned "groups with keys": { *iter(3, |i| keyed(gather!(if i == 1 { err(1) } else { ok(1) }?; spawn)))? };
    spawned "kept groups with keys": { *iter(3, |i| keyed(gather!(if i == 1 { err(1) } else { ok(1) }?; spawn))) } [return_exceptions];
    spawned "handles with keys": { *iter(3, |i| keyed(tokio::spawn(if i == 1 { err(1) } else { ok(1) })))? };

    in_task "stream": { *stream(3, |_| val(1)) };
    in_task "empty stream": { a => val(1), xs => *stream(0, |_| val(1)) };
    in_task "long stream": { *stream(40, |i| into(i % 2)) };
    in_task "limited stream": { a => val(0), xs => *stream(5, |_| val(1)) } [limit = 2];
    in_task "error in a stream": { a => ok(9)?, xs => *stream(4, |i| if i == 1 { err(1) } else { ok(1) })? };
    in_task "all errors of a stream": { *stream(3, |i| if i == 1 { ok(1) } else { err(1) })? } [all_errors, limit = 2];
    in_task "kept stream": { xs => *stream(4, |i| if i % 2 == 1 { err(1) } else { ok(0) }), b => val(1) } [return_exceptions];
    in_task "stream with keys": { *stream(4, |i| keyed(if i % 2 == 1 { err(1) } else { ok(0) })) } [return_exceptions, limit = 2];
    in_task "dependent stream": { a => val(1), xs => *|a| body(a, stream(3, |_| val(1))), n => |xs| body(xs, val(1)) };
    in_task "until and a stream": { xs => *stream(9, |i| if i == 7 { never() } else { val(0) }), b => val(1) } [return_exceptions, until = until(5)];

    one_by_one "completed": { *iter(5, |i| val(i % 3)) } [as_completed];
    one_by_one "completed long list": { *iter(40, |i| into(i % 3)) } [as_completed];
    one_by_one "limited completed": { *iter(9, |i| val(i % 3)) } [as_completed, limit = 2];
    one_by_one "completed up to an error": { *iter(5, |i| if i == 2 { err(1) } else { ok(i % 2) })? } [as_completed];
    one_by_one "completed up to a converted error": { *iter(5, |i| if i == 2 { err(1) } else { ok(i % 2) })? } [as_completed, error = Big];
    one_by_one "completed up to a named error": { *iter(5, |i| keyed(if i == 2 { err(1) } else { ok(i % 2) }))? } [as_completed, name_errors, limit = 3];
    one_by_one "completed with keys": { *iter(5, |i| keyed(if i == 2 { err(1) } else { ok(i % 2) })) } [as_completed, return_exceptions];
    one_by_one "completed until": { *iter(5, |i| keyed(if i == 2 { never() } else { val(i % 2) })) } [as_completed, return_exceptions, until = until(3)];
    one_by_one "completed stream": { *stream(5, |i| val(i % 3)) } [as_completed];
    one_by_one "completed limited stream": { *stream(5, |i| if i == 1 { err(1) } else { ok(i % 2) })? } [as_completed, limit = 2];
    one_by_one "in order": { *iter(5, |i| val(i % 3)) } [in_order];
    one_by_one "limited in order": { *iter(9, |i| val(i % 4)) } [in_order, limit = 3];
    one_by_one "in order up to an error": { *iter(6, |i| if i == 2 { err(0) } else { ok(i % 4) })? } [in_order, limit = 4];
    one_by_one "in order up to a named error": { *iter(6, |i| keyed(if i == 2 { err(0) } else { ok(i % 4) }))? } [in_order, name_errors];
    one_by_one "in order, kept": { *iter(6, |i| keyed(if i == 2 { err(0) } else { ok(i % 4) })) } [in_order, return_exceptions];
    one_by_one "stream in order": { *stream(5, |i| keyed(val(i % 3))) } [in_order, limit = 2];

    in_task "all polled": { val(0), val(1), into(1), val(0), val(1), val(2), val(1), val(1), val(1), val(1) } [poll_all];
    in_task "all polled up to an error": { ok(1)?, *iter(12, |i| if i == 3 { err(1) } else { ok(i % 3) })? } [poll_all];
    in_task "all of a limited list polled": { xs => *iter(12, |i| keyed(if i == 3 { err(1) } else { ok(i % 3) })), n => |xs| body(xs, val(1)) } [poll_all, limit = 10, return_exceptions];
    in_task "all polled until": { a => never(), xs => *iter(12, |i| if i == 3 { never() } else { val(1) }) } [poll_all, return_exceptions, until = until(2)];
    in_task "all of a stream polled": { *stream(12, |i| val(i % 3)) } [poll_all];
    one_by_one "all polled, as completed": { *iter(12, |i| val(i % 3)) } [poll_all, as_completed];
}
