//! Shapes of real programs, with stand-ins for their types: what they do with streams, sets of futures and channels, written with
//! `gather!`.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::time::Duration;

use futures::stream::{self, Stream, StreamExt as _, TryStreamExt as _};
use gather::gather;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep};

#[derive(Debug, Clone, PartialEq, Eq)]
struct Path(String);

#[derive(Debug, PartialEq)]
enum StoreError {
    NotFound(Path),
    Listing,
}

#[derive(Default)]
struct Store {
    deletes: Cell<u32>,
    most: Cell<u32>,
}

impl Store {
    async fn delete(&self, path: Path) -> Result<Path, StoreError> {
        self.deletes.set(self.deletes.get() + 1);
        self.most.set(self.most.get().max(self.deletes.get()));
        // Later ones are faster.
        sleep(Duration::from_millis(100 - path.0.parse::<u64>().unwrap_or(0))).await;
        self.deletes.set(self.deletes.get() - 1);
        if path.0 == "13" { Err(StoreError::NotFound(path)) } else { Ok(path) }
    }

    /// A list of paths in, results out, ten at once, in order; an error of the list itself is a result.
    fn delete_stream<'a>(
        &'a self,
        paths: impl Stream<Item = Result<Path, StoreError>> + 'a,
    ) -> impl Stream<Item = Result<Path, StoreError>> + 'a {
        gather!(*paths.map(async move |path| self.delete(path?).await); limit = 10, in_order)
    }
}

fn paths() -> impl Iterator<Item = Path> {
    (0..30).map(|n| Path(n.to_string()))
}

#[tokio::test(start_paused = true)]
async fn stream_in_and_stream_out_ten_at_once_in_order() {
    let store = Store::default();
    let listed = paths().map(Ok).chain([Err(StoreError::Listing)]);
    let results: Vec<_> = store.delete_stream(stream::iter(listed)).collect().await;
    assert_eq!(results.len(), 31);
    for (result, path) in results.iter().zip(paths()) {
        assert_eq!(result.as_ref().ok(), (path.0 != "13").then_some(&path));
    }
    assert_eq!(
        (&results[13], &results[30]),
        (&Err(StoreError::NotFound(Path("13".to_owned()))), &Err(StoreError::Listing))
    );
    assert_eq!(store.most.get(), 10);

    let start = Instant::now();
    let until_error = gather!(*stream::iter(paths()).map(|path| store.delete(path))?; limit = 10, in_order);
    let deleted: Result<Vec<_>, _> = until_error.try_collect().await;
    assert_eq!(deleted, Err(StoreError::NotFound(Path("13".to_owned()))));
    assert!(start.elapsed() < Duration::from_millis(250), "two rounds");
}

async fn replica(id: u64, delay: u64) -> Result<u64, String> {
    sleep(Duration::from_millis(delay)).await;
    if id == 2 { Err(format!("replica {id} is down")) } else { Ok(id) }
}

/// The first `wanted` of the answers, or as soon as too many have failed, what was wrong with them.
async fn quorum(delays: &[u64], wanted: usize) -> Result<Vec<u64>, Vec<String>> {
    let replicas = delays.iter().zip(0..).map(|(delay, id)| replica(id, *delay));
    let mut answers = gather!(*replicas; as_completed);
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    while let Some((_, answer)) = answers.next().await {
        match answer {
            Ok(answer) => good.push(answer),
            Err(error) => bad.push(error),
        }
        if good.len() == wanted {
            return Ok(good);
        }
        if delays.len() - bad.len() < wanted {
            break;
        }
    }
    Err(bad)
}

#[tokio::test(start_paused = true)]
async fn first_n_of_m_suffice_and_a_lost_quorum_ends_early() {
    let start = Instant::now();
    assert_eq!(quorum(&[50, 10, 20, 900], 2).await, Ok(vec![1, 0]));
    assert_eq!(start.elapsed(), Duration::from_millis(50));
    assert_eq!(quorum(&[900, 800, 20], 3).await, Err(vec!["replica 2 is down".to_owned()]));
    assert_eq!(start.elapsed(), Duration::from_millis(70), "it does not wait for the others");
}

struct Progress {
    done: BTreeMap<&'static str, u64>,
    shown: Vec<String>,
}

impl Progress {
    fn show(&mut self, of: usize) -> Result<(), String> {
        let shown = format!("{} of {of}", self.done.len());
        if self.shown.contains(&shown) {
            return Err(format!("{shown} was shown"));
        }
        self.shown.push(shown);
        Ok(())
    }

    /// The body of the loop needs `&mut self` and `?`, while others run.
    async fn fetch_all(&mut self, files: &[(&'static str, u64)]) -> Result<(), String> {
        let pairs = files.iter().enumerate().map(|(id, (name, delay))| (*name, replica(id as u64 + 10, *delay)));
        let mut results = gather!(*pairs?; limit = 2, as_completed);
        while let Some(result) = results.next().await {
            let (name, size) = result?;
            self.done.insert(name, size);
            self.show(files.len())?;
        }
        Ok(())
    }
}

#[tokio::test(start_paused = true)]
async fn progress_into_a_map() {
    let mut progress = Progress { done: BTreeMap::new(), shown: Vec::new() };
    progress.fetch_all(&[("b", 30), ("a", 10), ("c", 5)]).await.unwrap();
    assert_eq!(progress.done, BTreeMap::from([("a", 11), ("b", 10), ("c", 12)]));
    assert_eq!(progress.shown, ["1 of 3", "2 of 3", "3 of 3"]);
}

/// A channel as a stream, as `tokio_stream`'s `ReceiverStream`.
fn received<T>(receiver: mpsc::Receiver<T>) -> impl Stream<Item = T> {
    stream::unfold(receiver, |mut receiver| async { receiver.recv().await.map(|item| (item, receiver)) })
}

struct Job {
    depth: u64,
    /// Where the jobs go that are found on the way. The set is complete when nobody has it any more.
    found: mpsc::Sender<Job>,
}

impl Job {
    async fn run(self) -> u64 {
        sleep(Duration::from_millis(self.depth)).await;
        if self.depth < 3 {
            for _ in 0..2 {
                let job = Job { depth: self.depth + 1, found: self.found.clone() };
                assert!(self.found.send(job).await.is_ok(), "the set is still running");
            }
        }
        self.depth
    }
}

#[tokio::test(start_paused = true)]
async fn a_set_that_grows_while_it_runs() {
    let (found, jobs) = mpsc::channel(16);
    assert!(found.send(Job { depth: 0, found: found.clone() }).await.is_ok());
    drop(found);
    let mut depths = BTreeMap::new();
    let mut done = gather!(*received(jobs).map(Job::run); limit = 3, as_completed);
    while let Some((_, depth)) = done.next().await {
        *depths.entry(depth).or_insert(0) += 1;
    }
    assert_eq!(depths, BTreeMap::from([(0, 1), (1, 2), (2, 4), (3, 8)]));
}

#[tokio::test(start_paused = true)]
async fn a_bounded_pipeline_whose_consumer_is_slow() {
    let (started, taken, most) = (Cell::new(0), Cell::new(0), Cell::new(0));
    let numbers = stream::iter(0..50).map(|n: u64| {
        started.set(started.get() + 1);
        most.set(most.get().max(started.get() - taken.get()));
        async move {
            sleep(Duration::from_millis(1)).await;
            n
        }
    });
    // Two stages: the second takes the first's results as a stream.
    let doubled = gather!(*numbers; limit = 4, in_order).map(|n| async move { 2 * n });
    let mut stored = gather!(*doubled; limit = 2, in_order);
    let mut all = Vec::new();
    while let Some(n) = stored.next().await {
        taken.set(taken.get() + 1);
        sleep(Duration::from_millis(20)).await;
        all.push(n);
    }
    assert_eq!(all, (0..50).map(|n| 2 * n).collect::<Vec<_>>());
    assert!(most.get() <= 4 + 2, "{} items were on their way", most.get());
}

/// A second wave if the first is slow.
#[tokio::test(start_paused = true)]
async fn hedged_requests() {
    let request = |id: u64| async move {
        sleep(Duration::from_millis(id * 10)).await;
        // The first two never answer.
        let delay = if id < 2 { 10_000 } else { 5 };
        sleep(Duration::from_millis(delay)).await;
        id
    };
    let start = Instant::now();
    let first = gather!(*(0..4).map(request); as_completed).next().await;
    assert_eq!((first, start.elapsed()), (Some((2, 2)), Duration::from_millis(25)));
}

/// Producers and a member that drains their bounded channel: the producers' limit is that of a group of their own.
#[tokio::test(start_paused = true)]
async fn a_limit_that_does_not_count_its_consumer() {
    let (send, mut receive) = mpsc::channel::<u64>(1);
    let jobs: Vec<_> = (0..10)
        .map(|n| {
            let send = send.clone();
            async move {
                send.send(n).await.expect("it is received");
                send.send(n).await.expect("it is received");
            }
        })
        .collect();
    drop(send);
    let drain = async {
        let mut sum = 0;
        while let Some(n) = receive.recv().await {
            sum += n;
        }
        sum
    };
    let r = gather! { _ => gather!(*jobs; limit = 3), sum => drain }.await;
    assert_eq!(r.sum, 90);
}
