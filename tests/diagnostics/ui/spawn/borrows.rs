use gather::gather;

async fn length(text: &str) -> usize {
    text.len()
}

async fn a_local() {
    let text = String::from("text");
    let group = gather! { a => length("static"), b => length(&text); spawn };
//~                                                          ^^^^^
    let _: Option<(usize, usize)> = group.await.ok().map(|r| (r.a, r.b));
}

async fn in_a_block() {
    let text = String::from("text");
    let group = gather!(async { length(&text).await }; spawn);
//~                                     ^^^^
    drop(group.await);
}

async fn a_parameter(text: &str) {
    let group = gather!(length("static"), length(text); spawn);
//~                                       ^^^^^^^^^^^^
    drop(group.await);
}

fn main() {}
