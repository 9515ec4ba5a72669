//! Lists among the dependencies and the dependants.

use std::future::ready;

use gather::gather;

use crate::times::Times;

#[tokio::test(start_paused = true)]
async fn a_list_then_a_single_member() {
    let t = Times::new();
    let r = gather! {
        sum => |pages| t.run("sum", 5, pages.iter().sum::<u64>()),
        pages => *[10, 30, 20].map(|ms| t.run("page", ms, ms)),
    }
    .await;
    assert_eq!((r.pages, r.sum), (vec![10, 30, 20], 60));
    assert_eq!(t.take(), "page 0-10, page 0-20, page 0-30, sum 30-35");
}

#[tokio::test(start_paused = true)]
async fn a_single_member_then_a_list() {
    let t = Times::new();
    let r = gather! {
        user => t.run("user", 10, vec![3, 1, 2]),
        pages => *|user| user.iter().map(|ms| t.run("page", *ms, ms * 10)),
        other => t.run("other", 12, ()),
    }
    .await;
    let () = r.other;
    assert_eq!((r.user, r.pages), (vec![3, 1, 2], vec![30, 10, 20]));
    assert_eq!(t.take(), "other 0-12, user 0-10, page 10-11, page 10-12, page 10-13");
}

#[tokio::test(start_paused = true)]
async fn a_list_then_a_list() {
    let t = Times::new();
    let r = gather! {
        second => *|first| first.iter().map(|n| t.run("second", 10 * n, n * 2)),
        first => *(1..=3).map(|n| t.run("first", n, n)),
    }
    .await;
    assert_eq!((r.first, r.second), (vec![1, 2, 3], vec![2, 4, 6]));
    assert_eq!(t.take(), "first 0-1, first 0-2, first 0-3, second 3-13, second 3-23, second 3-33");
}

#[tokio::test(start_paused = true)]
async fn a_list_that_waits_for_several() {
    let t = Times::new();
    let r = gather! {
        ids => t.run("ids", 10, [1, 2]),
        token => t.run("token", 20, "t".to_owned()),
        pages => *|ids, token| ids.iter().map(|id| t.run("page", 5, format!("{token}{id}"))),
        count => |pages, ids| t.run("total", 5, pages.len() + ids.len()),
    }
    .await;
    assert_eq!((r.pages, r.count), (vec!["t1".to_owned(), "t2".to_owned()], 4));
    assert_eq!((r.ids, r.token.as_str()), ([1, 2], "t"));
    assert_eq!(t.take(), "ids 0-10, token 0-20, page 20-25, page 20-25, total 25-30");
}

#[tokio::test(start_paused = true)]
async fn empty_lists_are_done_at_once() {
    let t = Times::new();
    let r = gather! {
        none => *std::iter::empty::<std::future::Ready<u8>>(),
        after => |none| t.run("after", 5, none.len()),
        a => t.run("a", 10, 0_u8),
        late => *|a| (0..*a).map(ready),
        last => |late| t.run("last", 5, late.len()),
    }
    .await;
    assert_eq!((r.none.len(), r.after, r.a, r.late.len(), r.last), (0, 0, 0, 0, 0));
    assert_eq!(t.take(), "a 0-10, after 0-5, last 10-15");
}

#[tokio::test(start_paused = true)]
async fn the_items_are_made_when_the_list_starts() {
    let t = Times::new();
    let r = gather! {
        a => t.run("a", 10, 2),
        list => *|a| {
            assert_eq!(t.now(), 10);
            let made = t.now();
            (0..*a).map(move |i| ready((i, made)))
        },
    }
    .await;
    assert_eq!((r.a, r.list), (2, vec![(0, 10), (1, 10)]));
}

#[tokio::test(start_paused = true)]
async fn items_may_borrow_from_the_dependency() {
    async fn len(word: &str) -> usize {
        word.len()
    }
    let r = gather! {
        words => ready(vec!["one".to_owned(), "three".to_owned()]),
        lens => *|words| words.iter().map(|word| len(word)),
        more => *|words, lens| lens.iter().zip(words).map(async |(n, word)| n + word.len()).collect::<Vec<_>>(),
    }
    .await;
    assert_eq!((r.words.len(), r.lens, r.more), (2, vec![3, 5], vec![6, 10]));
}

#[tokio::test(start_paused = true)]
async fn an_async_block_for_each_item() {
    let r = gather! {
        a => ready(3),
        list => *|a| (0..*a).map(|i| async move { i * a }),
    }
    .await;
    assert_eq!((r.a, r.list), (3, vec![0, 3, 6]));
}

#[tokio::test(start_paused = true)]
async fn a_required_list() {
    let t = Times::new();
    for (last, expected, times) in [
        (4, Ok(vec![2, 3, 4]), "ids 0-10, page 10-12, page 10-13, page 10-14, count 14-15"),
        (1, Err("no page 1"), "ids 0-10, page 10-?, page 10-?, page 10-11"),
    ] {
        let fetch = |id: &u64| t.run("page", *id, if *id == 1 { Err("no page 1") } else { Ok(*id) });
        let r = gather! {
            ids => t.run("ids", 10, Ok([2, 3, last]))?,
            pages => *|ids| ids.iter().map(fetch)?,
            count => |pages| t.run("count", 1, pages.len()),
        }
        .await;
        assert_eq!(r.map(|r| r.pages[..r.count].to_vec()), expected);
        assert_eq!(t.take(), times);
    }
}

#[tokio::test(start_paused = true)]
async fn a_chain_of_lists() {
    let r = gather! {
        a => *[ready(1), ready(2)],
        b => *|a| a.iter().map(|n| ready(n + 1)),
        c => *|b| b.iter().map(|n| ready(n + 1)),
        d => *|c| c.iter().map(|n| ready(n + 1)),
    }
    .await;
    assert_eq!((r.a, r.b, r.c, r.d), (vec![1, 2], vec![2, 3], vec![3, 4], vec![4, 5]));
}
