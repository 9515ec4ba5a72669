use gather::{gather, gather_group};

async fn f(n: u8) -> u8 {
    n
}

async fn spawned() {
    let r = gather!(f(1), f(2); poll_all, spawn).await;
//~                                       ^^^^^
    println!("{r:?}");
}

async fn timed() {
    let d = std::time::Duration::from_secs(1);
    let r = gather!(f(1), f(2); return_exceptions, timeout = d, poll_all).await;
//~                                                             ^^^^^^^^
    println!("{r:?}");
}

#[gather_group(poll_all = true)]
//~                     ^
async fn stages() -> u8 {
    let a = f(1).await;
    let b = f(2).await;
    a + b
}

fn main() {}
