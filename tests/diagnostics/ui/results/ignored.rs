#![deny(warnings)]

use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn write() -> Result<(), String> {
    Ok(())
}

async fn ignored() {
    gather! { _ => write(), _ => f(1); return_exceptions }.await;
//~           ^             ^
}

async fn beside_others() {
    let r = gather! { a => f(1), _ => *[write()], _ => write(); return_exceptions }.await;
//~                                               ^
    println!("{:?}", r.a);
}

fn main() {
    let _ = (f, write, ignored, beside_others);
}
