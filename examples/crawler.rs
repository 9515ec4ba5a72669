//! `as_completed` over a channel's stream: pages are fetched four at a time, and each may find more of them on the way.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use futures::stream::{self, Stream, StreamExt as _};
use gather::gather;
use tokio::sync::mpsc;
use tokio::time::sleep;

/// A site, in place of HTTP: a page and the links on it.
const SITE: &[(&str, &[&str])] = &[
    ("/", &["/docs", "/blog", "/about"]),
    ("/docs", &["/docs/lists", "/docs/errors", "/"]),
    ("/docs/lists", &["/docs", "/lost"]),
    ("/docs/errors", &[]),
    ("/blog", &["/blog/1", "/blog/2"]),
    ("/blog/1", &["/blog/2"]),
    ("/blog/2", &["/docs"]),
    ("/about", &[]),
];

async fn fetch(url: &'static str) -> Result<&'static [&'static str], String> {
    sleep(Duration::from_millis(10)).await;
    let page = SITE.iter().find(|(known, _)| *known == url);
    page.map(|(_, links)| *links).ok_or_else(|| format!("{url}: 404"))
}

/// As `ReceiverStream` of the crate `tokio-stream`.
fn received<T>(receiver: mpsc::UnboundedReceiver<T>) -> impl Stream<Item = T> {
    stream::unfold(receiver, |mut receiver| async { receiver.recv().await.map(|item| (item, receiver)) })
}

async fn crawl(start: &'static str) -> BTreeMap<&'static str, Result<usize, String>> {
    let (found, jobs) = mpsc::unbounded_channel();
    let mut seen = BTreeSet::from([start]);
    let mut pages = BTreeMap::new();
    let mut waiting = 1;
    found.send(start).expect("the receiver is there");

    let jobs = received(jobs).map(|url| (url, fetch(url)));
    let mut fetched = gather!(*jobs; limit = 4, as_completed);
    while let Some((url, links)) = fetched.next().await {
        waiting -= 1;
        for &link in links.iter().copied().flatten() {
            if seen.insert(link) {
                waiting += 1;
                found.send(link).expect("the receiver is there");
            }
        }
        pages.insert(url, links.map(<[_]>::len));
        if waiting == 0 {
            break;
        }
    }
    pages
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    for (url, links) in crawl("/").await {
        match links {
            Ok(links) => println!("{url} has {links} links"),
            Err(error) => println!("{error}"),
        }
    }
}
