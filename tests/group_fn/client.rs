use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use crate::clock::Clock;

/// A stand-in for a client of some service.
#[derive(Clone)]
pub(crate) struct Client {
    pub(crate) clock: Clock,
    rows: Arc<HashMap<&'static str, u64>>,
}

#[derive(Debug)]
pub(crate) struct Response {
    status: u16,
    body: String,
}

#[derive(Debug, PartialEq)]
pub(crate) struct Refused(pub(crate) u16);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "refused with {}", self.0)
    }
}

impl std::error::Error for Refused {}

pub(crate) struct Request<'a> {
    client: &'a Client,
    path: &'a str,
    ticks: u64,
}

impl Request<'_> {
    pub(crate) fn slow(mut self, ticks: u64) -> Self {
        self.ticks = ticks;
        self
    }
    pub(crate) async fn send(self) -> Result<Response, Refused> {
        let status = if self.path.starts_with('/') { 200 } else { 400 };
        let body = self.client.rows.get(&self.path[1..]).copied().unwrap_or_default().to_string();
        self.client.clock.step(self.path, self.ticks, Ok(Response { status, body })).await
    }
}

impl Response {
    pub(crate) fn check(self) -> Result<Self, Refused> {
        if self.status == 200 { Ok(self) } else { Err(Refused(self.status)) }
    }
    pub(crate) async fn text(self) -> Result<String, Refused> {
        Ok(self.body)
    }
    pub(crate) async fn parse<T: std::str::FromStr>(self) -> Result<T, T::Err> {
        self.body.parse()
    }
}

impl Client {
    pub(crate) fn new() -> Self {
        Self { clock: Clock::new(), rows: Arc::new(HashMap::from([("users", 3), ("orders", 5)])) }
    }
    pub(crate) fn get<'a>(&'a self, path: &'a str) -> Request<'a> {
        Request { client: self, path, ticks: 1 }
    }
    pub(crate) async fn count(&self, table: &'static str) -> Option<u64> {
        self.clock.step(table, 2, self.rows.get(table).copied()).await
    }
}
