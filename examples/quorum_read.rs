//! `as_completed` with an early exit: a value counts when two of three replicas agree on it, whoever is slow or down.

use std::time::Duration;

use gather::gather;
use tokio::time::sleep;

#[derive(Clone, Copy, Debug, PartialEq)]
struct Versioned {
    version: u32,
    value: &'static str,
}

struct Replica {
    name: &'static str,
    delay: Duration,
    answer: Result<Versioned, &'static str>,
}

impl Replica {
    async fn read(&self) -> Result<Versioned, &'static str> {
        sleep(self.delay).await;
        self.answer
    }
}

/// The newest value that a quorum has answered with; else what each of those that failed said.
async fn read(replicas: &[Replica], quorum: usize) -> Result<Versioned, Vec<String>> {
    let mut answers = gather!(*replicas.iter().map(|replica| (replica.name, replica.read())); as_completed);
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    while let Some((name, answer)) = answers.next().await {
        match answer {
            Ok(versioned) => good.push(versioned),
            Err(error) => bad.push(format!("{name} {error}")),
        }
        if good.len() >= quorum {
            return Ok(*good.iter().max_by_key(|answer| answer.version).expect("a quorum is not empty"));
        }
        if replicas.len() - bad.len() < quorum {
            break;
        }
    }
    Err(bad)
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let replica = |name, millis, answer| Replica { name, delay: Duration::from_millis(millis), answer };
    let old = Versioned { version: 1, value: "tea" };
    let new = Versioned { version: 2, value: "coffee" };

    let replicas = [replica("a", 5, Ok(old)), replica("b", 10, Ok(new)), replica("c", 60_000, Ok(new))];
    println!("{:?}", read(&replicas, 2).await);

    let replicas =
        [replica("a", 5, Err("is down")), replica("b", 60_000, Ok(new)), replica("c", 10, Err("is read-only"))];
    println!("{:?}", read(&replicas, 2).await);
}
