//! What a `macro_rules` takes as `$f:expr` is one expression: it is no list, no dependant and no option.
use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

macro_rules! pair {
    ($a:expr, $b:expr) => {
        gather! { a => $a, b => $b }
    };
}

async fn a_closure() {
    let r = pair!(f(1), |a| f(*a)).await;
//~                     ^
    println!("{}", r.a);
}

async fn a_list() {
    let list = [f(1)];
    let r = pair!(f(1), list).await;
//~                     ^^^^
    println!("{}", r.a);
}

async fn a_place() {
    let list = &[f(1)];
    let r = pair!(f(1), *list).await;
//~                     ^
    println!("{}", r.a);
}

fn main() {}
