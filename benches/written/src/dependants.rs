//! Members that take the outputs of others, against what one writes without: calls in order, nested joins, and futures that are
//! shared.
#![expect(clippy::many_single_char_names, reason = "eight members, a to h, in an order that is to be seen")]

use std::pin::pin;

use futures::FutureExt;
use gather::gather;
use gather_bench_peers::Entry;
use gather_bench_peers::items::Rhythm;

use crate::DEPENDANTS_SIZE;
use crate::drive::{entry, floor};
use crate::members::{Slots, after, item};

macro_rules! floor_of_eight {
    ($item:ident) => {
        Entry::bare("floor", $item, |item| {
            let s = item.make;
            let mut members = (
                pin!(after::<0>(s, 0)),
                pin!(after::<1>(s, 0)),
                pin!(after::<2>(s, 0)),
                pin!(after::<3>(s, 0)),
                pin!(after::<4>(s, 0)),
                pin!(after::<5>(s, 0)),
                pin!(after::<6>(s, 0)),
                pin!(after::<7>(s, 0)),
            );
            floor(item, &mut |i, cx| {
                let _ = std::hint::black_box(match i {
                    0 => members.0.as_mut().poll(cx),
                    1 => members.1.as_mut().poll(cx),
                    2 => members.2.as_mut().poll(cx),
                    3 => members.3.as_mut().poll(cx),
                    4 => members.4.as_mut().poll(cx),
                    5 => members.5.as_mut().poll(cx),
                    6 => members.6.as_mut().poll(cx),
                    _ => members.7.as_mut().poll(cx),
                });
            });
        })
    };
}

pub(crate) fn chain(gather: &'static str) -> Vec<Entry> {
    let item = item(DEPENDANTS_SIZE, Rhythm::Twice);
    vec![
        floor_of_eight!(item),
        entry("joins", item, |s: Slots| async move {
            // What a join of nested joins comes to where each has one member.
            let a = after::<0>(s, 0).await;
            let b = after::<1>(s, a).await;
            let c = after::<2>(s, b).await;
            let d = after::<3>(s, c).await;
            let e = after::<4>(s, d).await;
            let f = after::<5>(s, e).await;
            let g = after::<6>(s, f).await;
            let h = after::<7>(s, g).await;
            a + b + c + d + e + f + g + h
        }),
        entry("shared", item, |s: Slots| async move {
            let a = after::<0>(s, 0).shared();
            let b = {
                let a = a.clone();
                async move { after::<1>(s, a.await).await }
            }
            .shared();
            let c = {
                let b = b.clone();
                async move { after::<2>(s, b.await).await }
            }
            .shared();
            let d = {
                let c = c.clone();
                async move { after::<3>(s, c.await).await }
            }
            .shared();
            let e = {
                let d = d.clone();
                async move { after::<4>(s, d.await).await }
            }
            .shared();
            let f = {
                let e = e.clone();
                async move { after::<5>(s, e.await).await }
            }
            .shared();
            let g = {
                let f = f.clone();
                async move { after::<6>(s, f.await).await }
            }
            .shared();
            let h = {
                let g = g.clone();
                async move { after::<7>(s, g.await).await }
            };
            let all = tokio::join!(biased; a, b, c, d, e, f, g, h);
            all.0 + all.1 + all.2 + all.3 + all.4 + all.5 + all.6 + all.7
        }),
        entry(gather, item, |s: Slots| async move {
            let all = gather! {
                a => after::<0>(s, 0),
                b => |a| after::<1>(s, *a),
                c => |b| after::<2>(s, *b),
                d => |c| after::<3>(s, *c),
                e => |d| after::<4>(s, *d),
                f => |e| after::<5>(s, *e),
                g => |f| after::<6>(s, *f),
                h => |g| after::<7>(s, *g),
            }
            .await;
            all.a + all.b + all.c + all.d + all.e + all.f + all.g + all.h
        }),
    ]
}

pub(crate) fn diamond(gather: &'static str) -> Vec<Entry> {
    let item = item(DEPENDANTS_SIZE, Rhythm::Twice);
    vec![
        floor_of_eight!(item),
        entry("joins", item, |s: Slots| async move {
            let a = after::<0>(s, 0).await;
            let (b, c, d, e, f, g) = tokio::join!(
                biased;
                after::<1>(s, a),
                after::<2>(s, a),
                after::<3>(s, a),
                after::<4>(s, a),
                after::<5>(s, a),
                after::<6>(s, a)
            );
            let h = after::<7>(s, b + c + d + e + f + g).await;
            a + b + c + d + e + f + g + h
        }),
        entry("shared", item, |s: Slots| async move {
            let a = after::<0>(s, 0).shared();
            let b = {
                let a = a.clone();
                async move { after::<1>(s, a.await).await }
            }
            .shared();
            let c = {
                let a = a.clone();
                async move { after::<2>(s, a.await).await }
            }
            .shared();
            let d = {
                let a = a.clone();
                async move { after::<3>(s, a.await).await }
            }
            .shared();
            let e = {
                let a = a.clone();
                async move { after::<4>(s, a.await).await }
            }
            .shared();
            let f = {
                let a = a.clone();
                async move { after::<5>(s, a.await).await }
            }
            .shared();
            let g = {
                let a = a.clone();
                async move { after::<6>(s, a.await).await }
            }
            .shared();
            let h = {
                let (b, c, d, e, f, g) = (b.clone(), c.clone(), d.clone(), e.clone(), f.clone(), g.clone());
                async move {
                    let all = tokio::join!(biased; b, c, d, e, f, g);
                    after::<7>(s, all.0 + all.1 + all.2 + all.3 + all.4 + all.5).await
                }
            };
            let all = tokio::join!(biased; a, b, c, d, e, f, g, h);
            all.0 + all.1 + all.2 + all.3 + all.4 + all.5 + all.6 + all.7
        }),
        entry(gather, item, |s: Slots| async move {
            let all = gather! {
                a => after::<0>(s, 0),
                b => |a| after::<1>(s, *a),
                c => |a| after::<2>(s, *a),
                d => |a| after::<3>(s, *a),
                e => |a| after::<4>(s, *a),
                f => |a| after::<5>(s, *a),
                g => |a| after::<6>(s, *a),
                h => |b, c, d, e, f, g| after::<7>(s, b + c + d + e + f + g),
            }
            .await;
            all.a + all.b + all.c + all.d + all.e + all.f + all.g + all.h
        }),
    ]
}
