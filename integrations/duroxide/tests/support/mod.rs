//! Stores, processes that work on them and are killed, and what they left behind.
#![allow(dead_code, reason = "not every test needs all of it")]

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use duroxide::runtime::OrchestrationStatus;
use duroxide::{Client, Event, EventKind};
use gather_on_duroxide::store::Store;

/// A variable of the environment, as a number.
pub fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).map_or(otherwise, |text| text.parse().unwrap_or_else(|error| panic!("{name}: {error}")))
}

#[derive(Clone, Copy, PartialEq)]
pub enum Kind {
    Sqlite,
    #[cfg(feature = "postgres")]
    Postgres,
}

/// Identifies an activity: its instance, and its number there.
pub type Activity = (String, u64);

/// A line of the log: what happened to which activity, and in which process.
pub struct Effect {
    pub what: String,
    pub label: String,
    pub activity: Activity,
    pub process: u32,
}

/// A fresh store, in a folder that goes with it.
pub struct Place {
    folder: PathBuf,
    address: String,
    pub store: Store,
    pub client: Client,
}

impl Drop for Place {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let _ = std::fs::remove_dir_all(&self.folder);
        }
    }
}

impl Place {
    pub async fn new(kind: Kind, name: &str) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let unique = format!("{name}_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(&unique);
        std::fs::create_dir_all(&folder).expect("a folder for the store");
        let address = match kind {
            Kind::Sqlite => folder.join("store.db").to_str().expect("a readable path").to_owned(),
            #[cfg(feature = "postgres")]
            Kind::Postgres => {
                let url = std::env::var("GATHER_POSTGRES").expect("GATHER_POSTGRES: `./run-tests` starts a database");
                format!("{url}#{unique}")
            }
        };
        let store = Store::open(&address).await.expect("an empty store");
        let client = Client::new(store.provider());
        Self { folder, address, store, client }
    }

    fn log(&self) -> PathBuf {
        self.folder.join("log")
    }

    /// Another process that works on what is in the store.
    pub fn worker(&self) -> Worker {
        self.worker_with(&[])
    }

    /// The same, with more arguments.
    pub fn worker_with(&self, arguments: &[&str]) -> Worker {
        let child = Command::new(env!("CARGO_BIN_EXE_worker"))
            .args([self.address.as_ref(), self.log().as_os_str()])
            .args(arguments)
            .env("DUROXIDE_PG_POOL_MAX", "4")
            // It ends with this pipe.
            .stdin(Stdio::piped())
            .spawn()
            .expect("the worker");
        Worker(child)
    }

    /// What activities did until now.
    pub fn effects(&self) -> Vec<Effect> {
        let text = std::fs::read_to_string(self.log()).unwrap_or_default();
        // The last line may be half of one, if the process was killed right there.
        let whole = text.rfind('\n').map_or("", |end| &text[..end]);
        let effect = |line: &str| -> Effect {
            let words: Vec<&str> = line.split(' ').collect();
            let [what, label, instance, activity, process] = words[..] else { panic!("what is `{line}`?") };
            Effect {
                what: what.to_owned(),
                label: label.to_owned(),
                activity: (instance.to_owned(), activity.parse().expect("a number")),
                process: process.parse().expect("a number"),
            }
        };
        whole.lines().map(effect).collect()
    }

    pub fn count(&self, what: &str) -> usize {
        self.effects().iter().filter(|effect| effect.what == what).count()
    }

    /// How often each activity started.
    pub fn starts(&self) -> HashMap<Activity, usize> {
        let mut starts = HashMap::new();
        for effect in self.effects().into_iter().filter(|effect| effect.what == "start") {
            *starts.entry(effect.activity).or_default() += 1;
        }
        starts
    }

    pub async fn history(&self, instance: &str) -> Vec<Event> {
        self.client.read_execution_history(instance, 1).await.expect("a history")
    }

    /// All activities that the histories name, with what they were asked.
    pub async fn scheduled(&self) -> Vec<(Activity, String)> {
        let mut scheduled = Vec::new();
        for instance in self.client.list_all_instances().await.expect("the instances") {
            for event in self.history(&instance).await {
                if let EventKind::ActivityScheduled { input, .. } = event.kind {
                    scheduled.push(((instance.clone(), event.event_id), input));
                }
            }
        }
        scheduled
    }

    /// The activities that are to be run, or are running.
    async fn queued(&self) -> HashSet<Activity> {
        const COLUMNS: &str = "SELECT instance_id, activity_id FROM";
        let rows: Vec<(String, i64)> = match &self.store {
            Store::Sqlite(file) => {
                sqlx::query_as(&format!("{COLUMNS} worker_queue")).fetch_all(file.get_pool()).await.expect("the queue")
            }
            #[cfg(feature = "postgres")]
            Store::Postgres(database) => {
                let sql = format!("{COLUMNS} {}.worker_queue", database.schema_name());
                sqlx::query_as(&sql).fetch_all(database.pool()).await.expect("the queue")
            }
        };
        rows.into_iter().map(|(instance, activity)| (instance, activity.try_into().expect("a number"))).collect()
    }

    /// The activities whose result is written down, or is wanted by nobody any more: none of them may start again.
    pub async fn finished(&self) -> HashSet<Activity> {
        let scheduled = self.scheduled().await;
        let queued = self.queued().await;
        scheduled.into_iter().map(|(activity, _)| activity).filter(|activity| !queued.contains(activity)).collect()
    }

    /// Whether the engine has nothing to do, now and for ever: no activity, no message, no timer.
    pub async fn is_idle(&self) -> bool {
        let messages: i64 = match &self.store {
            Store::Sqlite(file) => sqlx::query_scalar("SELECT count(*) FROM orchestrator_queue")
                .fetch_one(file.get_pool())
                .await
                .expect("the queue"),
            #[cfg(feature = "postgres")]
            Store::Postgres(database) => {
                let sql = format!("SELECT count(*) FROM {}.orchestrator_queue", database.schema_name());
                sqlx::query_scalar(&sql).fetch_one(database.pool()).await.expect("the queue")
            }
        };
        // An activity leaves its queue in the transaction that puts its result into the other: asked in this order, none is missed.
        self.queued().await.is_empty() && messages == 0
    }

    pub async fn start(&self, instance: &str, orchestration: &str) {
        self.client.start_orchestration(instance, orchestration, "").await.expect("it is written down");
    }

    pub async fn status(&self, instance: &str) -> OrchestrationStatus {
        self.client.get_orchestration_status(instance).await.expect("a status")
    }

    /// The outcome, if there is one.
    pub async fn outcome(&self, instance: &str) -> Option<Result<String, String>> {
        match self.status(instance).await {
            OrchestrationStatus::Completed { output, .. } => Some(Ok(output)),
            OrchestrationStatus::Failed { details, .. } => Some(Err(details.display_message())),
            _ => None,
        }
    }
}

pub struct Worker(Child);

impl Worker {
    pub fn id(&self) -> u32 {
        self.0.id()
    }

    /// As `kill -9` does.
    pub fn kill(&mut self) {
        self.0.kill().expect("it runs");
        self.0.wait().expect("it was killed");
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Waits for `done`. The bound is for what hangs; no test asks how quick something is.
pub async fn wait_until(what: &str, mut done: impl AsyncFnMut() -> bool) {
    let began = Instant::now();
    while !done().await {
        assert!(began.elapsed() < Duration::from_secs(300), "{what}: not even after minutes");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
