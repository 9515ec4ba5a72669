use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn a_runtime(runtime: tokio::runtime::Runtime) {
    let group = gather!(f(1); spawn = runtime);
//~                                   ^^^^^^^
    println!("{}", group.await.is_ok());
}

async fn called() {
    let group = gather!(f(1); spawn());
//~                           ^^^^^
    println!("{}", group.await.is_ok());
}

fn main() {}
