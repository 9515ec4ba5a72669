use std::cell::Cell;

use gather::gather;

async fn f(n: u8) -> u8 {
    n
}

async fn cell() -> Cell<u8> {
    Cell::new(1)
}

async fn not_sync() {
    let group = gather! { cell => cell(), b => |cell| f(cell.get()); spawn };
//~                               ^^^^^^
    println!("{:?}", group.await.map(|r| r.cell.get() + r.b));
}

async fn in_a_list() {
    let group = gather! { cells => *[cell(), cell()], b => |cells| f(cells.len() as u8); spawn, return_exceptions };
//~                                 ^^^^^^^^^^^^^^^^
    println!("{:?}", group.await.map(|r| r.cells.len() + usize::from(r.b.is_ok())));
}

async fn borrowed() {
    let n = 1;
    let group = gather! { a => f(1), b => |a| f(*a + n); spawn };
//~                                                  ^
    println!("{:?}", group.await.map(|r| r.a + r.b));
}

async fn borrowed_items() {
    let group = gather! { a => async { vec![1] }, list => *|a| a.iter().map(async |n| f(*n).await); spawn };
//~                                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    println!("{:?}", group.await.map(|r| r.a.len() + r.list.len()));
}

fn main() {}
