//! An order: what is done for it, and what does it.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use duroxide::runtime::registry::{ActivityRegistry, OrchestrationRegistry};
use duroxide::{ActivityContext, OrchestrationContext};
use gather::gather;

/// Runs `name` somewhere, once it is polled.
async fn call(ctx: &OrchestrationContext, name: &str, input: impl Into<String>) -> Result<String, String> {
    ctx.schedule_activity(name, input).await
}

/// The price of what is in stock, and then the payment: two steps, each written down.
async fn pay(ctx: &OrchestrationContext, stock: &[String], discount: &str) -> Result<String, String> {
    let price = call(ctx, "price", format!("{} less {discount}", stock.len())).await?;
    call(ctx, "payment", price).await
}

/// The engine runs this anew whenever something has ended, with all results that it knows: so it asks nothing but `ctx`.
async fn order(ctx: OrchestrationContext, items: String) -> Result<String, String> {
    let ctx = &ctx;
    let items = items.split(',');

    let order = gather! {
        customer => call(ctx, "customer", "Ada")?,
        stock => *items.map(|item| call(ctx, "reserve", item))?,
        discount => |customer| call(ctx, "discount", customer.as_str())?,
        payment => |stock, discount| pay(ctx, stock, discount)?;
        limit = 3, name_errors, poll_all
    }
    .await
    .map_err(|error| error.to_string())?;

    // The deadline is written down too: a crash does not make it any later.
    let patience = ctx.schedule_timer(Duration::from_millis(2500));
    let carriers = ["north", "south", "slowboat"];
    let offers = gather!(
        *carriers.map(|carrier| (carrier, call(ctx, "offer", carrier)))?;
        return_exceptions, until = patience, poll_all
    )
    .await;
    let carrier = offers.into_iter().find_map(|(carrier, offer)| offer.ok().map(|_| carrier)).ok_or("no offer")?;

    let label = call(ctx, "label", carrier).await?;
    Ok(format!("{}: {}, {label}", order.customer, order.payment))
}

/// The order, as the engine knows it.
pub(crate) fn orders() -> OrchestrationRegistry {
    OrchestrationRegistry::builder().register("order", order).build()
}

/// When this process began, and how many activities have ended in it.
pub(crate) struct Process {
    pub(crate) began: Instant,
    pub(crate) ended: AtomicUsize,
    /// After so many of them it is killed.
    pub(crate) crash_after: Option<usize>,
}

impl Process {
    fn say(&self, what: &str) {
        println!("{:>5} ms  process {}  {what}", self.began.elapsed().as_millis(), std::process::id());
    }

    /// One activity: takes `ms`, and gives `result`.
    async fn run(
        &self,
        ctx: &ActivityContext,
        input: &str,
        ms: u64,
        result: Result<String, String>,
    ) -> Result<String, String> {
        let what = format!("{} ({input})", ctx.activity_name());
        if self.crash_after.is_some_and(|most| self.ended.load(Ordering::Relaxed) >= most) {
            self.say("is killed, as by `kill -9`");
            std::process::abort();
        }
        self.say(&format!("{what} starts"));
        tokio::select! {
            () = tokio::time::sleep(Duration::from_millis(ms)) => {}
            () = ctx.cancelled() => {
                self.say(&format!("{what} is cancelled"));
                return Err("cancelled".to_owned());
            }
        }
        self.ended.fetch_add(1, Ordering::Relaxed);
        match &result {
            Ok(value) => self.say(&format!("{what} gives: {value}")),
            Err(error) => self.say(&format!("{what} fails: {error}")),
        }
        result
    }
}

/// What an order may ask for. In a real program these are calls of other services.
pub(crate) fn activities(process: &'static Process) -> ActivityRegistry {
    ActivityRegistry::builder()
        .register("customer", move |ctx, name: String| async move {
            process.run(&ctx, &name, 300, Ok(format!("customer {name}"))).await
        })
        .register("reserve", move |ctx, item: String| async move {
            let result = if item == "unicorn" { Err("out of stock".to_owned()) } else { Ok(format!("1 {item}")) };
            process.run(&ctx, &item, 500, result).await
        })
        .register("discount", move |ctx, customer: String| async move {
            process.run(&ctx, &customer, 400, Ok("10 %".to_owned())).await
        })
        .register("price", move |ctx, what: String| async move {
            let pieces = what.split(' ').next().and_then(|count| count.parse::<u32>().ok());
            process.run(&ctx, &what, 200, Ok(format!("{} EUR", 9 * pieces.unwrap_or(1)))).await
        })
        .register("payment", move |ctx, price: String| async move {
            process.run(&ctx, &price, 600, Ok(format!("{price} paid"))).await
        })
        .register("offer", move |ctx, carrier: String| async move {
            let ms = if carrier == "slowboat" { 60_000 } else { 400 };
            process.run(&ctx, &carrier, ms, Ok(format!("tomorrow by {carrier}"))).await
        })
        .register("label", move |ctx, carrier: String| async move {
            process.run(&ctx, &carrier, 300, Ok(format!("on its way by {carrier}"))).await
        })
        .build()
}
