//! Shapes of real async code: what the examples of well-known crates do, in our own words and on our clock. Each body
//! compiles without the attribute as well; each test fails if it ran in order.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use gather::gather_group;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, BufReader, duplex};
use tokio::sync::{Mutex, RwLock, mpsc, oneshot};
use tokio::time::timeout;

use crate::client::{Client, Refused, Response};
use crate::clock::Clock;

/// An HTTP client: chains of builders, sends and bodies.
#[gather_group]
async fn http_chains(client: &Client, last: &str) -> anyhow::Result<(u64, String)> {
    let users: u64 = client.get("/users").slow(2).send().await?.check()?.parse().await.context("no number")?;
    let orders = client.get("/orders").send().await.and_then(Response::check).context("orders")?.text().await?;
    let total = client.get(last).send().await?.check().with_context(|| format!("{users} {orders}"))?.text().await?;
    Ok((users, total + &orders))
}

#[tokio::test(start_paused = true)]
async fn an_http_client() {
    let client = Client::new();
    assert_eq!(http_chains(&client, "/total").await.unwrap(), (3, "05".to_owned()));
    assert_eq!(client.clock.seen(), "/orders 0-1, /users 0-2, /total 2-3");
    let error = http_chains(&client, "total").await.unwrap_err();
    assert_eq!(format!("{error:#}"), "3 5: refused with 400");
}

struct Page {
    status: u16,
    html: String,
}

trait IntoPage {
    fn into_page(self) -> Page;
}

impl IntoPage for String {
    fn into_page(self) -> Page {
        Page { status: 200, html: self }
    }
}

impl IntoPage for Refused {
    fn into_page(self) -> Page {
        Page { status: self.0, html: self.to_string() }
    }
}

impl<T: IntoPage, E: IntoPage> IntoPage for Result<T, E> {
    fn into_page(self) -> Page {
        self.map_or_else(E::into_page, T::into_page)
    }
}

struct State<S>(S);
struct Query<T>(T);

/// A web handler: extractors as patterns in the signature, an opaque answer.
#[gather_group]
async fn handler(State(client): State<Client>, Query(id): Query<u64>) -> Result<impl IntoPage + use<>, Refused> {
    let users = client.count("users").await.ok_or(Refused(404))?;
    let orders = client.count(if id == 0 { "nothing" } else { "orders" }).await.ok_or(Refused(410))?;
    Ok(format!("<p>{id} of {users}, {orders} orders</p>"))
}

#[tokio::test(start_paused = true)]
async fn a_web_handler() {
    let client = Client::new();
    let page = handler(State(client.clone()), Query(1)).await.into_page();
    assert_eq!((page.status, page.html.as_str()), (200, "<p>1 of 3, 5 orders</p>"));
    let page = handler(State(client.clone()), Query(0)).await.into_page();
    assert_eq!((page.status, page.html.as_str()), (410, "refused with 410"));
    assert_eq!(client.clock.seen(), "orders 0-2, users 0-2, nothing 2-4, users 2-4");
}

/// A connection that is read by one and written by another.
#[gather_group]
async fn echo(clock: &Clock, stream: tokio::io::DuplexStream) -> std::io::Result<String> {
    let (reader, mut writer) = tokio::io::split(stream);
    let mut reader = BufReader::new(reader);
    let read = {
        let mut text = String::new();
        reader.read_to_string(&mut text).await?;
        clock.step("read", 1, text).await
    };
    let () = {
        writer.write_all(b"hello").await?;
        writer.shutdown().await?;
        clock.step("written", 1, ()).await;
    };
    Ok(read)
}

#[tokio::test(start_paused = true)]
async fn both_halves_of_a_connection() {
    let clock = Clock::new();
    let (near, mut far) = duplex(2);
    // The far end answers only when it has heard all.
    let answer = tokio::spawn(async move {
        let mut heard = String::new();
        far.read_to_string(&mut heard).await?;
        far.write_all(heard.to_uppercase().as_bytes()).await
    });
    let heard = timeout(Duration::from_secs(1), echo(&clock, near)).await;
    assert_eq!(heard.unwrap().unwrap(), "HELLO");
    answer.await.unwrap().unwrap();
}

/// An actor's handle: a request and its answer over channels.
#[gather_group]
async fn ask_twice(actor: mpsc::Sender<(u64, oneshot::Sender<u64>)>) -> Option<u64> {
    let first = {
        let (answer, answered) = oneshot::channel();
        actor.send((2, answer)).await.ok()?;
        answered.await.ok()?
    };
    let second = {
        let (answer, answered) = oneshot::channel();
        actor.send((1, answer)).await.ok()?;
        answered.await.ok()?
    };
    drop(actor);
    Some(first * 10 + second)
}

#[tokio::test(start_paused = true)]
async fn an_actor() {
    let clock = Clock::new();
    let (actor, mut requests) = mpsc::channel::<(u64, oneshot::Sender<u64>)>(1);
    let inside = clock.clone();
    let running = tokio::spawn(async move {
        while let Some((ticks, answer)) = requests.recv().await {
            let clock = inside.clone();
            tokio::spawn(async move { answer.send(clock.step(&format!("request {ticks}"), ticks, ticks).await) });
        }
    });
    assert_eq!(ask_twice(actor).await, Some(21));
    running.await.unwrap();
    assert_eq!(clock.seen(), "request 1 0-1, request 2 0-2");
}

/// Time limits around the parts, and around a loop of tries.
#[gather_group]
async fn with_time_limits(clock: &Clock) -> Result<(u64, Option<u64>, u32), tokio::time::error::Elapsed> {
    let ms = Duration::from_millis;
    let quick = timeout(ms(5), clock.step("quick", 1, 1)).await?;
    let slow = timeout(ms(2), clock.step("slow", 9, 2)).await.ok();
    let tries = {
        let mut tries = 0;
        while timeout(ms(1), clock.step("try", 3 - tries, ())).await.is_err() {
            tries += 1;
        }
        u32::try_from(tries).unwrap_or(u32::MAX)
    };
    Ok((quick, slow, tries))
}

#[tokio::test(start_paused = true)]
async fn time_limits_and_tries() {
    let clock = Clock::new();
    assert_eq!(with_time_limits(&clock).await, Ok((1, None, 2)));
    assert_eq!(clock.seen(), "quick 0-1, slow 0!2, try 0!1, try 1!2, try 2-3");
}

/// A cache behind a lock: guards end with their initialiser.
#[gather_group]
async fn cached(client: &Client, cache: &RwLock<HashMap<String, u64>>, hits: &Mutex<u64>) -> u64 {
    let cached = cache.read().await.get("users").copied();
    let missing = cache.read().await.get("orders").copied();
    *hits.lock().await += u64::from(cached.is_some());
    let users = match cached {
        Some(users) => users,
        None => client.count("users").await.unwrap_or_default(),
    };
    let orders = if let Some(orders) = missing {
        orders
    } else {
        let counted = client.count("orders").await.unwrap_or_default();
        cache.write().await.insert("orders".to_owned(), counted);
        counted
    };
    users + orders
}

#[tokio::test(start_paused = true)]
async fn a_cache() {
    let (client, hits) = (Client::new(), Mutex::new(0));
    let cache = RwLock::new(HashMap::from([("users".to_owned(), 4)]));
    assert_eq!(cached(&client, &cache, &hits).await, 9);
    assert_eq!((*hits.lock().await, cache.read().await["orders"]), (1, 5));
    cache.write().await.clear();
    assert_eq!(cached(&client, &cache, &hits).await, 8);
    assert_eq!(client.clock.seen(), "orders 0-2, orders 2-4, users 2-4");
}

struct Pool(Clock);
struct Row(u64, &'static str);

impl Row {
    fn get(&self) -> (u64, &'static str) {
        (self.0, self.1)
    }
}

impl Pool {
    async fn fetch_one(&self, query: &str) -> Result<Row, Refused> {
        self.0.step(query, 1, Ok(Row(query.len() as u64, "row"))).await
    }
    async fn fetch_all(&self, query: &str) -> Result<Vec<Row>, Refused> {
        self.0.step(query, 2, Ok(vec![Row(1, "a"), Row(2, "b")])).await
    }
}

macro_rules! query {
    ($text:literal, $bound:expr) => {
        &format!(concat!($text, " {}"), $bound)
    };
}

/// A database: queries through a macro, rows through patterns, closures over the rows.
#[gather_group]
async fn report(pool: &Pool, id: u64) -> Result<String, Refused> {
    let (count, name) = pool.fetch_one(query!("count", id)).await?.get();
    let rows: HashMap<_, _> = pool.fetch_all("rows").await?.into_iter().map(|row| (row.1, row.0)).collect();
    let related = pool.fetch_one(query!("related", count)).await?;
    Ok(format!("{name} {count} {} {}", rows["b"], related.get().0))
}

#[tokio::test(start_paused = true)]
async fn a_database() {
    let pool = Pool(Clock::new());
    assert_eq!(report(&pool, 7).await.unwrap(), "row 7 2 9");
    assert_eq!(pool.0.seen(), "count 7 0-1, rows 0-2, related 7 2-3");
}

/// A start-up: settings, connections, then what needs them; the last step decides.
#[gather_group]
async fn start_up(clock: &Clock, port: Result<u16, Refused>) -> anyhow::Result<Server> {
    tracing("starting");
    let settings = clock.step("settings", 2, "verbose".to_owned()).await;
    let database = Arc::new(Pool(clock.clone()));
    let port = clock.step("port", 1, port).await.context("binding the port")?;
    let Row(users @ 1.., _) = database.fetch_one("users").await? else {
        anyhow::bail!("no users");
    };
    tracing(&format!("{users} users"));
    let server = Server::builder().port(port).settings(&settings).build().await?;
    Ok(server)
}

fn tracing(_: &str) {}

#[derive(Debug, Default, PartialEq)]
struct Server {
    port: u16,
    settings: String,
}

impl Server {
    fn builder() -> Self {
        Self::default()
    }
    fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }
    fn settings(mut self, settings: &str) -> Self {
        settings.clone_into(&mut self.settings);
        self
    }
    async fn build(self) -> Result<Self, Refused> {
        if self.port < 1024 { Err(Refused(self.port)) } else { Ok(self) }
    }
}

#[tokio::test(start_paused = true)]
async fn a_start_up() {
    let clock = Clock::new();
    let server = start_up(&clock, Ok(8080)).await.unwrap();
    assert_eq!(server, Server { port: 8080, settings: "verbose".to_owned() });
    assert_eq!(clock.seen(), "settings 0-2, port 2-3, users 2-3");
    assert_eq!(
        format!("{:#}", start_up(&clock, Err(Refused(80))).await.unwrap_err()),
        "binding the port: refused with 80"
    );
    assert_eq!(start_up(&clock, Ok(80)).await.unwrap_err().downcast_ref(), Some(&Refused(80)));
}

/// Tasks that were spawned before, and their results.
#[gather_group]
async fn joined(clock: Clock) -> Result<u64, tokio::task::JoinError> {
    let spawn = |name: &'static str, ticks| {
        let clock = clock.clone();
        tokio::spawn(async move { clock.step(name, ticks, ticks).await })
    };
    let (first, second) = (spawn("first", 2), spawn("second", 1));
    let first = first.await?;
    let second = second.await?;
    let blocking = tokio::task::spawn_blocking(move || first + second).await?;
    Ok(blocking)
}

#[tokio::test(start_paused = true)]
async fn tasks() {
    let clock = Clock::new();
    assert_eq!(joined(clock.clone()).await.unwrap(), 3);
    assert_eq!(clock.seen(), "first 0-2, second 0-1");
}

/// A batch: streams and lists inside the initialisers, nested groups too.
#[gather_group]
async fn batch(clock: &Clock, names: &[&'static str]) -> (u64, Vec<u64>, (u64, u64)) {
    use futures::StreamExt as _;
    let sum = futures::stream::iter(1..=3).then(|i| clock.step("stream", 1, i)).fold(0, async |a, b| a + b).await;
    let all = futures::future::join_all(names.iter().map(|name| clock.step(name, 2, name.len() as u64))).await;
    let pair = gather::gather!(clock.step("left", 1, 1), clock.step("right", 1, 2)).await;
    (sum, all, pair)
}

#[tokio::test(start_paused = true)]
async fn streams_lists_and_groups() {
    let clock = Clock::new();
    assert_eq!(batch(&clock, &["x", "yy"]).await, (6, vec![1, 2], (1, 2)));
    assert_eq!(clock.seen(), "left 0-1, right 0-1, stream 0-1, x 0-2, yy 0-2, stream 1-2, stream 2-3");
}

/// The attribute goes above one that makes a plain fn of it.
#[gather_group]
#[tokio::test(start_paused = true)]
async fn a_test_of_its_own() -> Result<(), Refused> {
    let client = Client::new();
    let users = client.count("users").await.ok_or(Refused(404))?;
    let orders = client.count("orders").await.ok_or(Refused(404))?;
    assert_eq!((users, orders, client.clock.now()), (3, 5, 2));
    Ok(())
}
