use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn two_futures() {
    let pairs = vec![(f(1), f(2)), (f(3), f(4))];
    let r = gather! { a => *pairs, b => f(5) }.await;
//~                         ^^^^^
    println!("{:?} {}", r.a, r.b);
}

async fn two_tasks() {
    let all = gather!(*(0..3).map(|n| (tokio::spawn(f(n)), tokio::spawn(f(n)))); limit = 2).await;
//~                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    println!("{all:?}");
}

async fn swapped() {
    let all = gather!(*[(f(1), "a"), (f(2), "b")]).await;
//~                    ^^^^^^^^^^^^^^^^^^^^^^^^^^
    println!("{all:?}");
}

async fn lists() {
    let all = gather!(*["a", "b"].map(|key| (key, [f(1), f(2)])); return_exceptions).await;
//~                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    println!("{all:?}");
}

async fn lent() {
    let pairs = vec![("a", f(1)), ("b", f(2))];
    let all = gather!(*pairs.iter()).await;
//~                    ^^^^^^^^^^^^
    println!("{all:?}");
    let map = std::collections::HashMap::from([("a", f(1)), ("b", f(2))]);
    let all = gather!(*&map; limit = 3).await;
//~                    ^^^^
    println!("{all:?}");
}

async fn not_called() {
    let all = gather!(*[("a", f), ("b", f)]).await;
//~                    ^^^^^^^^^^^^^^^^^^^^
    println!("{all:?}");
}

async fn no_result() -> Result<(), String> {
    let all = gather!(*[("a", f(1))]?).await?;
//~                    ^^^^^^^^^^^^^^
    println!("{all:?}");
    Ok(())
}

async fn late() {
    let r = gather! { ids => f(3), pages => *|ids| (0..*ids).map(|id| (id, f(id))); return_exceptions }.await;
//~                                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    println!("{:?} {:?}", r.ids, r.pages);
}

fn main() {}
