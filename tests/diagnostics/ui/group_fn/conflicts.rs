//! Two members that need one variable in conflicting ways.
use gather::gather_group;

async fn push(log: &mut Vec<u64>) -> usize {
    log.push(1);
    log.len()
}

async fn count(log: &[u64]) -> usize {
    log.len()
}

async fn consume(log: Vec<u64>) -> usize {
    log.len()
}

#[gather_group]
async fn two_mutable(mut log: Vec<u64>) -> usize {
    let a = push(&mut log).await;
    let b = push(&mut log).await;
//~         ^^^^
    a + b
}

#[gather_group]
async fn read_and_written(mut log: Vec<u64>) -> usize {
    let a = count(&log).await;
    let b = push(&mut log).await;
//~         ^^^^
    a + b
}

#[gather_group]
async fn moved_twice(log: Vec<u64>) -> usize {
    let a = consume(log).await;
    let b = consume(log).await;
//~         ^^^^^^^
    a + b
}

#[gather_group]
async fn moved_before(log: Vec<u64>) -> usize {
    let a = consume(log).await;
    let b = count(&[]).await;
    a + b + count(&log).await
//~               ^^^^
}

fn main() {
    let _ = (two_mutable(vec![]), read_and_written(vec![]), moved_twice(vec![]), moved_before(vec![]));
}
