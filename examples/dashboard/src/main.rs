//! Loads the page of a shop from a real HTTP service: all calls at once, with `gather!` and with `#[gather_group]`, and one
//! after the other.
//!
//! `cargo run -p dashboard` starts the service on a loopback port, loads the page five times
//! and ends. The service fails at times: the fourth page lacks its optional part, and instead of the
//! fifth there is an error that names the member.

mod client;
mod model;
mod page;
mod server;

use std::time::Instant;

use client::Shop;
use page::Page;

const USER: u32 = 7;
const VIEWED: [u32; 8] = [3, 1, 4, 2, 8, 5, 7, 6];

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let shop = Shop::at(server::start().await?)?;

    let start = Instant::now();
    let page = page::all_at_once(&shop, USER, &VIEWED).await?;
    let at_once = start.elapsed();
    println!("all at once:");
    print(&page);

    let start = Instant::now();
    let page = page::as_it_reads(&shop, USER, &VIEWED).await?;
    let grouped = start.elapsed();
    println!("\nby #[gather_group]:");
    print(&page);

    let start = Instant::now();
    page::one_after_the_other(&shop, USER, &VIEWED).await?;
    let in_turn = start.elapsed();
    println!("\nall at once:         {:4} ms", at_once.as_millis());
    println!("by #[gather_group]:  {:4} ms", grouped.as_millis());
    println!("one after the other: {:4} ms", in_turn.as_millis());

    println!("\nall at once, while an optional member fails:");
    print(&page::all_at_once(&shop, USER, &VIEWED).await?);

    println!("\nall at once, while a required member fails:");
    match page::all_at_once(&shop, USER, &VIEWED).await {
        Ok(page) => print(&page),
        Err(exception) => println!("  no page: {exception}"),
    }
    Ok(())
}

fn print(page: &Page) {
    println!("  user:   {}", page.user.name);
    for (order, delivery) in page.orders.iter().zip(&page.deliveries) {
        println!("  order:  {} for {} EUR, comes on {}", order.number, order.total, delivery.day);
    }
    match &page.advice {
        Ok(advice) => println!("  advice: {}", advice.text),
        Err(error) => println!("  advice: none today ({error})"),
    }
    let viewed: Vec<_> = page.viewed.iter().map(|product| product.name.as_str()).collect();
    println!("  viewed: {}", viewed.join(", "));
}
