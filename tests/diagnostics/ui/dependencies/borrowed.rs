use gather::gather;

async fn text() -> String {
    "text".to_owned()
}

async fn first(text: &str) -> &str {
    &text[..1]
}

async fn plain() {
    let r = gather! { text => text(), first => |text| first(text) }.await;
//~                                             ^^^^
    println!("{} {}", r.text, r.first);
}

async fn with_async() {
    let r = gather! { text => text(), first => async |text| text.as_str() }.await;
//~                                                   ^^^^
    println!("{} {}", r.text, r.first);
}

async fn listed() {
    let r = gather! { text => text(), words => *|text| text.split(' ').map(first) }.await;
//~                                              ^^^^
    println!("{} {:?}", r.text, r.words);
}

async fn by_one_of_two() {
    let r = gather! { text => text(), len => |text| async { text.len() }, first => |text, len| async { &text[*len..] } }.await;
//~                   ^^^^
    println!("{} {} {}", r.text, r.len, r.first);
}

async fn in_a_task() {
    let group = gather! { text => text(), first => |text| first(text); spawn };
//~                                                       ^^^^^^^^^^^
    println!("{:?}", group.await.map(|r| r.first.len() + r.text.len()).ok());
}

fn main() {}
