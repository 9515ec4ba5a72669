use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn of_a_local() {
    let numbers = vec![1, 2, 3];
    let group = gather! { all => *numbers.iter().map(|n| f(*n)); spawn, limit = 2 };
//~                               ^^^^^^^
    let _: Option<Vec<u8>> = group.await.ok().map(|r| r.all);
}

async fn not_send() {
    let step = std::rc::Rc::new(1);
    let group = gather!(*(0..3).map(move |n| f(n + *step)); spawn, limit = 2);
//~                                ^^^^^^^^^^^^^^^^^^^^^^^
    let _: Option<Vec<u8>> = group.await.ok();
}

fn main() {}
