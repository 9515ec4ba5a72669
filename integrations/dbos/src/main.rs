//! Groups in a workflow of DBOS, in a process that the tests kill.
//!
//! `worker URL LOG [FORM]` starts the workflow FORM, and goes on with those that an earlier process left, until its standard input ends.
//! A step takes its number where it is written, `s(..)`, so a group is right if its steps are written in the same order every time.

use std::fmt::Display;
use std::fs::{File, OpenOptions};
use std::io::{Read as _, Write as _};
use std::sync::OnceLock;
use std::time::Duration;

use dbos::{Config, DBOS, EngineOnly, PendingStep, Result, StartOptions, step};
use gather::{gather, gather_group};

static LOG: OnceLock<File> = OnceLock::new();

fn note(line: impl Display) {
    let line = format!("{line}\n");
    LOG.get().expect("main opens it").write_all(line.as_bytes()).expect("the log can be written");
}

async fn work(label: String, ms: u64) -> Result<String> {
    note(format!("start {label}"));
    tokio::time::sleep(Duration::from_millis(ms)).await;
    note(format!("end {label}"));
    Ok(format!("{label}!"))
}

/// A step, whose number is taken here.
fn s<'a>(label: impl Display, ms: u64) -> PendingStep<'a, String, EngineOnly> {
    let label = label.to_string();
    step(&label.clone(), move || work(label.clone(), ms))
}

fn ms(i: u64) -> u64 {
    100 + (i * 370) % 900
}

async fn record() -> Result<String> {
    let r = gather! {
        user => s("user", 100)?,
        orders => s("orders", 900)?,
        pages => *(0..12).map(|i| s(i, ms(i)))?;
        name_errors
    };
    let r = r.await.map_err(|error| error.into_error().expect("a step failed"))?;
    Ok(format!("{} {} {}", r.user, r.orders, r.pages.concat()))
}

async fn list() -> Result<String> {
    Ok(gather!(*(0..40).map(|i| s(i, ms(i)))?).await?.concat())
}

/// An item is pulled when another has ended: the next step has the next number, whoever made place for it.
async fn limit() -> Result<String> {
    Ok(gather!(*(0..30).map(|i| s(i, ms(i)))?; limit = 4).await?.concat())
}

/// The steps of a stage are written, all of them, when the stage before it has ended.
#[gather_group]
async fn stages() -> Result<String> {
    let x = s("x", 100).await?;
    let y = s("y", 500).await?;
    let z = s(format!("z({y})"), 2000).await?;
    let w = s(format!("w({x})"), 100).await?;
    Ok(format!("{z} {w}"))
}

/// Wrong: which of `z` and `w` is written first depends on whether `x` or `y` ends first. After a crash both are read at once.
async fn dependants() -> Result<String> {
    let r = gather! {
        x => s("x", 500)?,
        y => s("y", 100)?,
        w => |x| s(format!("w({x})"), 600_000)?,
        z => |y| s(format!("z({y})"), 100)?,
    };
    let r = r.await?;
    Ok(format!("{} {}", r.z, r.w))
}

/// Wrong: which of the two second steps is written first depends on which of the first ends first.
async fn blocks() -> Result<String> {
    let r = gather!(
        async {
            s("a1", 500).await?;
            s("a2", 600_000).await
        }?,
        async {
            s("b1", 100).await?;
            s("b2", 100).await
        }?,
    );
    let r: (String, String) = r.await?;
    Ok(format!("{} {}", r.0, r.1))
}

async fn form(name: String) -> Result<String> {
    let outcome = match &name[..] {
        "record" => record().await,
        "list" => list().await,
        "limit" => limit().await,
        "stages" => stages().await,
        "dependants" => dependants().await,
        "blocks" => blocks().await,
        _ => unreachable!("no form is called {name}"),
    };
    match &outcome {
        Ok(value) => note(format!("result {value}")),
        Err(error) => note(format!("error {error}")),
    }
    outcome
}

#[tokio::main]
async fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [url, log, started @ ..] = &arguments[..] else { panic!("usage: worker URL LOG [FORM]") };
    let file = OpenOptions::new().create(true).append(true).open(log).expect("the log");
    LOG.set(file).expect("it is opened once");

    // The workflows of another version are left to that version.
    let dbos = DBOS::new(Config { app_version: Some("1".to_owned()), ..Config::new("gather", url) });
    let forms = dbos.register_workflow("form", form)?;
    dbos.launch().await?;
    if let [name] = started {
        let _handle =
            forms.start_with(name.clone(), StartOptions { workflow_id: Some(name), ..StartOptions::default() }).await?;
    }
    // It ends with this pipe.
    let _ = tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new())).await;
    std::process::exit(0);
}
