//! The HTTP service of the shop: differing latencies, and two endpoints that fail at times.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use tokio::net::TcpListener;
use tokio::time::sleep;

use crate::model::{Advice, Delivery, Order, Product, User};

/// Serves on a free loopback port until the program ends.
pub(crate) async fn start() -> io::Result<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = listener.local_addr()?;
    let routes = Router::new()
        .route("/users/{id}", get(user))
        .route("/users/{id}/orders", get(orders).with_state(Outage::every(5)))
        .route("/orders/{number}/delivery", get(delivery))
        .route("/users/{id}/advice", get(advice).with_state(Outage::every(4)))
        .route("/products/{id}", get(product));
    tokio::spawn(async move { axum::serve(listener, routes).await });
    Ok(address)
}

async fn user(Path(id): Path<u32>) -> Json<User> {
    sleep(Duration::from_millis(60)).await;
    Json(User { name: format!("Ada ({id})") })
}

async fn orders(Path(_user): Path<u32>, State(outage): State<Outage>) -> Result<Json<Vec<Order>>, StatusCode> {
    sleep(Duration::from_millis(100)).await;
    outage.check()?;
    Ok(Json(vec![Order { number: 1001, total: 25 }, Order { number: 1002, total: 140 }]))
}

async fn delivery(Path(number): Path<u32>) -> Json<Delivery> {
    sleep(Duration::from_millis(40)).await;
    let day = if number.is_multiple_of(2) { "Monday" } else { "Friday" };
    Json(Delivery { day: day.to_owned() })
}

async fn advice(Path(_user): Path<u32>, State(outage): State<Outage>) -> Result<Json<Advice>, StatusCode> {
    sleep(Duration::from_millis(80)).await;
    outage.check()?;
    Ok(Json(Advice { text: "a shelf for the lamp".to_owned() }))
}

async fn product(Path(id): Path<u32>) -> Result<Json<Product>, StatusCode> {
    const NAMES: [&str; 8] = ["lamp", "desk", "chair", "shelf", "clock", "rug", "vase", "sofa"];

    sleep(Duration::from_millis(40 + 10 * u64::from(id))).await;
    let index = usize::try_from(id).ok().and_then(|id| id.checked_sub(1));
    let name = index.and_then(|index| NAMES.get(index)).ok_or(StatusCode::NOT_FOUND)?;
    Ok(Json(Product { name: (*name).to_owned() }))
}

/// Fails each n-th request, so that every run of the program shows the same failures.
#[derive(Clone)]
struct Outage {
    every: u32,
    requests: Arc<AtomicU32>,
}

impl Outage {
    fn every(every: u32) -> Self {
        Self { every, requests: Arc::default() }
    }

    fn check(&self) -> Result<(), StatusCode> {
        let request = self.requests.fetch_add(1, Ordering::Relaxed) + 1;
        if request.is_multiple_of(self.every) {
            return Err(StatusCode::SERVICE_UNAVAILABLE);
        }
        Ok(())
    }
}
