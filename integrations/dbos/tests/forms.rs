//! Which groups are right on DBOS, in a process that is killed in the middle, and which are not.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use sqlx::{Connection as _, PgConnection};

/// A database of its own, a log, and the process that works on them.
struct Workflow {
    form: &'static str,
    url: String,
    log: PathBuf,
    worker: Option<Child>,
}

impl Drop for Workflow {
    fn drop(&mut self) {
        self.kill();
    }
}

impl Workflow {
    async fn start(form: &'static str) -> Self {
        let server = std::env::var("GATHER_POSTGRES").expect("GATHER_POSTGRES: `./run-tests` starts a database");
        let name = format!("{form}_{}", std::process::id());
        let mut connection = PgConnection::connect(&server).await.expect("the server");
        let create = sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"));
        sqlx::query(create).execute(&mut connection).await.expect("a new database");
        let url = format!("{}/{name}", server.rsplit_once('/').expect("a database").0);
        let log = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let mut workflow = Self { form, url, log, worker: None };
        workflow.run(&[form]);
        workflow
    }

    fn run(&mut self, arguments: &[&str]) {
        let worker = Command::new(env!("CARGO_BIN_EXE_worker"))
            .arg(&self.url)
            .arg(&self.log)
            .args(arguments)
            .stdin(Stdio::piped())
            .spawn()
            .expect("the worker");
        self.worker = Some(worker);
    }

    /// As `kill -9` does.
    fn kill(&mut self) {
        if let Some(mut worker) = self.worker.take() {
            let _ = worker.kill();
            let _ = worker.wait();
        }
    }

    fn starts(&self, label: &str) -> usize {
        let line = format!("start {label}");
        self.lines().iter().filter(|there| **there == line).count()
    }

    /// How the workflow ended.
    fn end(&self) -> Option<String> {
        self.lines().into_iter().find(|line| line.starts_with("result ") || line.starts_with("error "))
    }

    fn lines(&self) -> Vec<String> {
        std::fs::read_to_string(&self.log).unwrap_or_default().lines().map(str::to_owned).collect()
    }

    /// The steps whose result is written down.
    async fn finished(&self) -> HashSet<String> {
        // The engine makes its tables first.
        if self.lines().is_empty() {
            return HashSet::new();
        }
        let mut connection = PgConnection::connect(&self.url).await.expect("the database");
        let names: Vec<String> = sqlx::query_scalar("SELECT function_name FROM dbos.operation_outputs")
            .fetch_all(&mut connection)
            .await
            .expect("the steps");
        names.into_iter().collect()
    }

    async fn wait_until(&self, what: &str, mut done: impl AsyncFnMut(&Self) -> bool) {
        let began = Instant::now();
        while !done(self).await {
            // The bound is for what hangs.
            assert!(began.elapsed() < Duration::from_secs(120), "{}: {what}: {:?}", self.form, self.lines());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Kills the process each time that some more steps have ended, and gives what the workflow gives in the end.
    async fn survives(mut self, kills: usize, steps: usize) -> String {
        let mut finished_at_kills = Vec::new();
        for kill in 1..=kills {
            let wanted = kill * steps / (kills + 1);
            self.wait_until("the moment of the kill", async |it| it.finished().await.len() >= wanted).await;
            self.kill();
            assert_eq!(self.end(), None, "{}: it was killed at its end", self.form);
            let finished = self.finished().await;
            let starts: Vec<usize> = finished.iter().map(|label| self.starts(label)).collect();
            finished_at_kills.push((finished, starts));
            self.run(&[]);
        }
        self.wait_until("the end", async |it| it.end().is_some()).await;
        for (finished, starts) in &finished_at_kills {
            for (label, starts) in finished.iter().zip(starts) {
                assert_eq!(self.starts(label), *starts, "{label} was finished and started again");
            }
        }
        let finished: Vec<usize> = finished_at_kills.iter().map(|(finished, _)| finished.len()).collect();
        println!("{}: {steps} steps, finished at the kills: {finished:?}", self.form);
        self.end().expect("it has ended")
    }
}

fn numbers(count: usize) -> String {
    (0..count).map(|i| format!("{i}!")).collect()
}

#[tokio::test]
async fn a_record_with_a_list() {
    let result = Workflow::start("record").await.survives(2, 14).await;
    assert_eq!(result, format!("result user! orders! {}", numbers(12)));
}

#[tokio::test]
async fn a_list() {
    assert_eq!(Workflow::start("list").await.survives(3, 40).await, format!("result {}", numbers(40)));
}

#[tokio::test]
async fn a_list_under_a_limit() {
    assert_eq!(Workflow::start("limit").await.survives(3, 30).await, format!("result {}", numbers(30)));
}

#[tokio::test]
async fn stages_of_a_fn() {
    assert_eq!(Workflow::start("stages").await.survives(2, 4).await, "result z(y!)! w(x!)!");
}

/// Killed once `ended` is finished, which had the lower number since it was written first, and `other` has started.
async fn goes_wrong(form: &'static str, ended: &str, other: &str) {
    let mut workflow = Workflow::start(form).await;
    let moment = async |it: &Workflow| it.finished().await.contains(ended) && it.starts(other) > 0;
    workflow.wait_until("the moment of the kill", moment).await;
    // It may be right by chance, if what they wait for is read in the order in which it ended.
    for _ in 0..20 {
        workflow.kill();
        let starts = workflow.starts(other);
        workflow.run(&[]);
        let went_on = async |it: &Workflow| it.end().is_some() || it.starts(other) > starts;
        workflow.wait_until("right by chance, or the engine's complaint", went_on).await;
        if let Some(end) = workflow.end() {
            println!("{form}: {end}");
            // What has its number now: `ended`, or a step before it, where `other` was written before that one was.
            assert!(end.contains("was recorded as") && end.contains(&format!("but \"{other}\" was expected")), "{end}");
            return;
        }
    }
    panic!("{form} is right, and the guide says that it is not");
}

/// What to write instead, the guide says.
#[tokio::test]
async fn dependants_in_another_order_are_noticed() {
    goes_wrong("dependants", "z(y!)", "w(x!)").await;
}

#[tokio::test]
async fn blocks_of_several_steps_are_noticed() {
    goes_wrong("blocks", "b2", "a2").await;
}
