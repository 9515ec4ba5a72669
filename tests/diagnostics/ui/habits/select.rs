use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn biased() {
    let (a, b) = gather!(biased; f(1), f(2)).await;
//~                      ^^^^^^
    println!("{a} {b}");
}

async fn arms() {
    gather! {
        a = f(1) => println!("{a}"),
//~              ^^
        b => f(2) => { println!("{b}") }
//~               ^^
        Some(c) = f(3) => {}
//~     ^^^^^^^^^^^^^^
    }
    .await;
}

async fn other_arms(enabled: bool) {
    let r = gather! {
        a => f(1),
        if enabled,
//~     ^^^^^^^^^^
        else => f(2),
//~     ^^^^
    }
    .await;
    println!("{}", r.a);
}

async fn statements() {
    let r = gather! {
        let a = f(1),
//~     ^^^
        let mut b => f(2),
//~     ^^^
        c => move { 3 },
//~          ^^^^
    }
    .await;
    println!("{} {} {}", r.a, r.b, r.c);
}

fn main() {}
