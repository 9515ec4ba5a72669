use gather::gather;

async fn names_of_the_expansion() {
    let r = gather! { a => async { 1 }, b => |a| async { let _ = __gather::FEW; *a } }.await;
//~                                                              ^^^^^^^^
    println!("{} {}", r.a, r.b);
}

async fn of_a_task() {
    let group = gather! { a => async { 1 }, b => async |a| { let _ = __gather::FEW; *a }; spawn };
//~                                                                  ^^^^^^^^
    println!("{:?}", group.await.is_ok());
}

fn main() {}
