//! Whose fn it is, and what it takes.

use std::fmt::Display;
use std::pin::Pin;

use gather::gather_group;

use crate::clock::Clock;

struct Store {
    clock: Clock,
    users: Vec<String>,
    orders: Vec<u64>,
}

impl Store {
    fn new() -> Self {
        Self { clock: Clock::new(), users: vec!["ann".to_owned()], orders: vec![1] }
    }

    async fn user(&self, id: usize) -> Option<&str> {
        self.clock.step("user", 2, self.users.get(id).map(String::as_str)).await
    }

    #[gather_group]
    async fn by_ref(&self, id: usize) -> Option<(&str, &u64)> {
        let user = self.user(id).await?;
        let order = self.clock.step("order", 1, self.orders.get(id)).await?;
        Some((user, order))
    }

    #[gather_group]
    async fn by_mut(&mut self) -> (&mut Vec<u64>, usize) {
        let users = {
            self.users.push("bob".to_owned());
            self.clock.step("users", 1, self.users.len()).await
        };
        let orders = {
            self.orders.push(2);
            self.clock.step("orders", 1, &mut self.orders).await
        };
        (orders, users)
    }

    #[gather_group]
    async fn by_value(self) -> (Vec<String>, Vec<u64>) {
        let users = self.clock.step("users", 1, self.users).await;
        let orders = self.clock.step("orders", 1, self.orders).await;
        (users, orders)
    }

    #[gather_group]
    async fn boxed(self: Box<Self>, other: Pin<&mut Self>) -> (usize, usize) {
        let own = self.clock.step("own", 1, self.users.len()).await;
        let others = self.clock.step("others", 1, other.users.len()).await;
        (own, others)
    }

    #[gather_group]
    async fn associated(clock: Clock) -> Self {
        let users = clock.step("users", 1, vec![]).await;
        let orders = clock.step("orders", 1, vec![]).await;
        Self { clock, users, orders }
    }
}

#[tokio::test(start_paused = true)]
async fn methods() {
    let mut store = Store::new();
    assert_eq!(store.by_ref(0).await, Some(("ann", &1)));
    assert_eq!(store.by_ref(1).await, None);
    assert_eq!(store.clock.seen(), "order 0-1, user 0-2, order 2-3, user 2!3");
    let (orders, users) = store.by_mut().await;
    orders.push(3);
    assert_eq!((orders.len(), users), (3, 2));
    assert_eq!(store.clock.seen(), "orders 3-4, users 3-4");
    let clock = store.clock.clone();
    let mut other = Store::new();
    assert_eq!(Box::new(Store { clock: clock.clone(), ..Store::new() }).boxed(Pin::new(&mut other)).await, (1, 1));
    assert_eq!(clock.seen(), "others 4-5, own 4-5");
    assert_eq!(store.by_value().await.1, [1, 2, 3]);
    assert_eq!(Store::associated(clock.clone()).await.users.len(), 0);
    assert_eq!(clock.seen(), "orders 5-6, users 5-6, orders 6-7, users 6-7");
}

trait Source {
    type Item: Display;
    type Error: From<String>;

    fn clock(&self) -> &Clock;

    async fn next(&self, name: &str) -> Result<Self::Item, Self::Error>;

    #[gather_group]
    async fn two(&self) -> Result<String, Self::Error> {
        let a = self.next("a").await?;
        let b = self.next("b").await?;
        let c = self.clock().step("c", 1, Err::<u8, String>("c".to_owned())).await;
        Ok(format!("{a}{b}{c:?}"))
    }

    #[gather_group]
    async fn item(&self, item: Self::Item) -> Self::Item {
        let _a = self.clock().step("a", 1, 1).await;
        let _b = self.clock().step("b", 1, 1).await;
        item
    }
}

struct Numbers(Clock);

impl Source for Numbers {
    type Item = u8;
    type Error = String;

    fn clock(&self) -> &Clock {
        &self.0
    }

    #[gather_group]
    async fn next(&self, name: &str) -> Result<Self::Item, Self::Error> {
        let a: Self::Item = self.0.step(name, 1, 1).await;
        let b = self.0.step(name, 1, Ok::<_, String>(1)).await?;
        Ok(a + b)
    }
}

#[tokio::test(start_paused = true)]
async fn traits() {
    let numbers = Numbers(Clock::new());
    assert_eq!(numbers.two().await.unwrap(), "22Err(\"c\")");
    assert_eq!(numbers.0.seen(), "a 0-1, a 0-1, b 0-1, b 0-1, c 0-1");
    assert_eq!(numbers.item(7).await, 7);
    assert_eq!(numbers.0.seen(), "a 1-2, b 1-2");
}

#[gather_group]
async fn generic<T, E, const N: usize>(clock: &Clock, value: T, other: Result<T, E>) -> Result<[T; N], E>
where
    T: Clone + Default,
    E: From<std::fmt::Error>,
{
    let a = clock.step("a", 1, value.clone()).await;
    let b = clock.step("b", 1, other).await?;
    let _c = clock.step("c", 1, Ok::<_, std::fmt::Error>(1)).await?;
    let mut all = std::iter::once(a).chain([b]);
    Ok(std::array::from_fn(|_| all.next().unwrap_or_default()))
}

#[gather_group]
async fn lifetimes<'a, 'b>(clock: &Clock, a: &'a str, b: &'b mut [u8]) -> (&'a str, &'b mut u8) {
    let first: &'a str = clock.step("first", 1, a.trim()).await;
    let second = clock.step("second", 1, &mut b[0]).await;
    (first, second)
}

#[gather_group]
async fn impl_arguments(
    clock: &Clock,
    name: impl Display,
    make: impl AsyncFn(u8) -> u8,
    (x, y): (u8, u8),
) -> (String, u8, u8) {
    let shown = clock.step("shown", 1, name.to_string()).await;
    let a = make(x).await;
    let b = make(y).await;
    (shown, a, b)
}

#[gather_group]
async fn tree(clock: &Clock, depth: u64) -> u64 {
    if depth == 0 {
        return 1;
    }
    let left = Box::pin(tree(clock, depth - 1)).await;
    let right = Box::pin(tree(clock, depth - 1)).await;
    clock.step("node", 1, left + right).await
}

#[tokio::test(start_paused = true)]
async fn parameters() {
    let clock = Clock::new();
    let all: Result<[u8; 2], Box<dyn std::error::Error>> = generic(&clock, 1, Ok(2)).await;
    assert_eq!(all.unwrap(), [1, 2]);
    let mut list = [1];
    let (a, b) = lifetimes(&clock, " a ", &mut list).await;
    *b += 1;
    assert_eq!((a, list), ("a", [2]));
    let make = async |x: u8| clock.step("make", 1, x + 1).await;
    assert_eq!(impl_arguments(&clock, 'x', make, (1, 2)).await, ("x".to_owned(), 2, 3));
    assert_eq!(clock.seen(), "a 0-1, b 0-1, c 0-1, first 1-2, second 1-2, make 2-3, make 2-3, shown 2-3");
    assert_eq!(tree(&clock, 3).await, 8);
    assert_eq!(clock.now(), 6);
}
