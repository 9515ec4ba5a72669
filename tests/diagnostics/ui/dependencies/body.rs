use gather::gather;

async fn f(n: u8) -> Result<u8, String> {
    Ok(n)
}

fn check(n: u8) -> Result<u8, String> {
    Ok(n)
}

async fn question() -> Result<(), String> {
    let r = gather! { a => f(1)?, b => |a| f(check(*a)?), c => f(2)? }.await?;
//~                                                   ^
    println!("{} {:?} {}", r.a, r.b, r.c);
    Ok(())
}

async fn awaited() -> Result<(), String> {
    let r = gather! { a => f(1)?, b => |a| { let n = f(*a).await; f(n?) }, c => |a| f(*a).await }.await?;
//~                                                        ^^^^^                          ^^^^^
    println!("{} {:?} {:?}", r.a, r.b, r.c);
    Ok(())
}

async fn returned() -> Result<(), String> {
    let r = gather! { a => f(1)?, b => |a| { if *a > 1 { return Ok(()) } f(2) } }.await?;
//~                                                      ^^^^^^
    println!("{} {:?}", r.a, r.b);
    Ok(())
}

fn main() {}
