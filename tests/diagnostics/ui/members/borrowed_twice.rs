use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn push(list: &mut Vec<u8>) {
    list.push(1);
}

async fn both_mutably() {
    let mut list = Vec::new();
    let r = gather! { a => push(&mut list), b => push(&mut list) }.await;
//~                                                   ^^^^^^^^^
    let _: ((), ()) = (r.a, r.b);
}

async fn in_blocks() {
    let mut count = 0;
    gather!(async { count += 1 }, async { count += 2 }).await;
//~                               ^^^^^
}

async fn gone() {
    let group = {
        let mut list = Vec::new();
        gather!(push(&mut list), f(1))
//~                  ^^^^^^^^^
    };
    group.await;
}

fn main() {}
