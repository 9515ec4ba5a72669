use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn a_call() {
    let (a, b) = gather!(f(1), std::fs::read_to_string("a.txt")).await;
//~                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    println!("{a} {b:?}");
}

async fn a_thread() {
    let thread = std::thread::spawn(|| 1);
    let r = gather! { a => f(1), b => thread; return_exceptions }.await;
//~                                   ^^^^^^
    println!("{:?} {:?}", r.a, r.b);
}

async fn a_list(numbers: Vec<u8>) {
    let r = gather! { a => f(1), b => numbers }.await;
//~                                   ^^^^^^^
    println!("{} {:?}", r.a, r.b);
}

async fn perhaps(number: Option<u8>) {
    let r = gather! { a => f(1), b => number; limit = 1 }.await;
//~                                   ^^^^^^
    println!("{} {:?}", r.a, r.b);
}

fn main() {}
