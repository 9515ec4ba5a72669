//! Ten mistakes in one call, each reported once, and nothing follows from them.

use std::future::{Ready, ready};

use gather::gather;

async fn f(n: u8) -> Result<u8, String> {
    Ok(n)
}

struct Client {
    id: u8,
}

async fn ten(client: Client, list: Vec<Ready<u8>>, page: Ready<Option<u8>>) -> Result<(), String> {
    let r = gather! {
        user = f(1)?,
//~          ^
        orders => list,
//~               ^^^^
        prices => *f(2),
//~                ^^^^
        page => page?,
//~             ^^^^^
        advice => f(3).await?,
//~                    ^^^^^
        news => f,
//~             ^
        type => f(4)?,
//~     ^^^^
        ads => ,
//~     ^^^
        other => ready(Err::<u8, u8>(5))?
//~              ^^^^^^^^^^^^^^^^^^^^^^^^
        last => client.id;
//~     ^^^^    ^^^^^^^^^
        limt = 3,
//~     ^^^^
    }
    .await?;
    println!("{} {:?} {:?} {:?} {}", r.user, r.orders, r.prices, r.page, r.advice);
    println!("{:?} {} {:?} {:?} {:?}", r.news, r.r#type, r.ads, r.other, r.last);
    Ok(())
}

fn main() {}
