use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn before() {
    let r = gather! { a => f(1), limit = 3 }.await;
//~                              ^^^^^
    let _: u8 = r.a;
}

async fn in_a_tuple() {
    let (a, b) = gather!(f(1), f(2), return_exceptions).await;
//~                                  ^^^^^^^^^^^^^^^^^
    println!("{:?} {:?}", a.is_ok(), b.is_ok());
}

async fn separated() {
    let r = gather! { a => f(1); limit = 3; return_exceptions }.await;
//~                                       ^
    println!("{:?}", r.a.is_ok());
}

async fn member_after() {
    let r = gather! { a => f(1); b => f(2) }.await;
//~                              ^
    println!("{:?} {:?}", r.a, r.b);
}

fn main() {}
