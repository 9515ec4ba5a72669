use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn in_a_record() {
    let r = gather! { a => f(1) b => f(2) }.await;
//~                             ^
    let _: (u8, u8) = (r.a, r.b);
}

async fn in_a_tuple() {
    let (a, b) = gather!(f(1) f(2)).await;
//~                           ^
    println!("{a} {b}");
}

async fn on_lines() {
    let r = gather! {
        a => f(1),
        b => f(2)
        c => f(3),
//~     ^
    }
    .await;
    println!("{} {} {}", r.a, r.b, r.c);
}

fn main() {}
