use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn of_tokio() {
    let group = gather!(f(1), f(2); spawn);
    if !group.is_finished() {
//~           ^^^^^^^^^^^
        group.abort();
//~           ^^^^^
    }
}

async fn of_asyncio() {
    let group = gather! { a => f(1); spawn };
    group.add_done_callback(|_| println!("done"));
//~       ^^^^^^^^^^^^^^^^^
    println!("{}", group.done());
//~                      ^^^^
}

fn main() {}
