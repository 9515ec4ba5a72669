use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::Duration;

use gather::{Canceller, gather};

use crate::dice::Dice;
use crate::handles::{Driver, drive};
use crate::member::{fallible, later, plain};
use crate::record::Record;

/// Creates one group of some form, and does something with it.
#[allow(dead_code, reason = "a result is looked at as a whole: ok, or which exception")]
pub(crate) async fn run(mut dice: Dice, record: Arc<Record>, cancel: Sender<(Canceller, Duration)>) {
    let d = &mut dice;
    let r = &record;
    let items = d.below(9);
    let limit = 1 + d.below(3);
    let moment = d.moment();
    match d.below(11) {
        0 => {
            let group = gather!(fallible(d, r)?, fallible(d, r)?, plain(d, r); spawn);
            drive(group, Driver::new(dice, record, cancel)).await;
        }
        1 => {
            let group =
                gather! { a => fallible(d, r)?, _ => plain(d, r), all => *(0..items).map(|_| fallible(d, r))?; spawn };
            drive(group, Driver::new(dice, record, cancel)).await;
        }
        2 => {
            let group = gather!(plain(d, r), *(0..items).map(|_| fallible(d, r)); spawn, return_exceptions);
            drive(group, Driver::new(dice, record, cancel)).await;
        }
        3 => {
            let group = gather!(fallible(d, r)?, *(0..items).map(|_| fallible(d, r))?, plain(d, r); spawn, all_errors);
            drive(group, Driver::new(dice, record, cancel)).await;
        }
        4 => {
            let (mut lazy, inside) = (d.split(), Arc::clone(r));
            let list = (0..2 * items).map(move |_| fallible(&mut lazy, &inside));
            let group = gather!(*list?, fallible(d, r)?; spawn, limit = limit);
            drive(group, Driver::new(dice, record, cancel)).await;
        }
        5 => {
            let (mut lazy, inside) = (d.split(), Arc::clone(r));
            let list = (0..2 * items).map(move |_| fallible(&mut lazy, &inside));
            let group = gather!(*list, plain(d, r); spawn, limit = limit, return_exceptions, timeout = moment);
            drive(group, Driver::new(dice, record, cancel)).await;
        }
        6 => {
            let stop = tokio::time::sleep(moment);
            let group = gather!(plain(d, r), fallible(d, r); spawn, return_exceptions, until = stop);
            drive(group, Driver::new(dice, record, cancel)).await;
        }
        7 => {
            let inner = gather!(fallible(d, r)?, plain(d, r); spawn);
            let task = tokio::spawn(fallible(d, r));
            let abort = task.abort_handle();
            let group = gather!(inner?, task?, fallible(d, r)?; spawn, error = Flat);
            if d.one_in(4) {
                abort.abort();
            }
            drive(group, Driver::new(dice, record, cancel)).await;
        }
        8 => {
            let (two, three) = (later(d, r), later(d, r));
            let group = gather! {
                c => |a, all| { let _ = (a, all); two() }?,
                a => fallible(d, r)?,
                all => *(0..items).map(|_| fallible(d, r))?,
                d => |a| { let _ = a; three() };
                spawn
            };
            drive(group, Driver::new(dice, record, cancel)).await;
        }
        9 => {
            let (mut lazy, inside) = (d.split(), Arc::clone(r));
            let list = (0..items).map(move |_| fallible(&mut lazy, &inside));
            let two = later(d, r);
            let group = gather! {
                a => fallible(d, r),
                b => |a| { let _ = a; two() },
                all => *list;
                spawn, limit = limit, return_exceptions, timeout = moment
            };
            drive(group, Driver::new(dice, record, cancel)).await;
        }
        _ => {
            let inner = gather!(fallible(d, r)?, plain(d, r); spawn);
            let group = gather! { inner => inner, b => fallible(d, r), a => plain(d, r); spawn, return_exceptions };
            drive(group, Driver::new(dice, record, cancel)).await;
        }
    }
}

#[derive(Debug)]
struct Flat;

impl From<crate::member::Wrong> for Flat {
    fn from(_: crate::member::Wrong) -> Self {
        Self
    }
}

impl std::fmt::Display for Flat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("flat")
    }
}

impl std::error::Error for Flat {}
