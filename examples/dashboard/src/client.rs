//! The client of the shop's HTTP service.

use std::net::SocketAddr;
use std::time::Duration;

use serde::de::DeserializeOwned;

use crate::model::{Advice, Delivery, Order, Product, User};

pub(crate) struct Shop {
    http: reqwest::Client,
    service: SocketAddr,
}

impl Shop {
    pub(crate) fn at(service: SocketAddr) -> reqwest::Result<Self> {
        let http = reqwest::Client::builder()
            // A proxy of the environment does not see this machine's loopback ports.
            .no_proxy()
            .timeout(Duration::from_secs(10))
            .build()?;
        Ok(Self { http, service })
    }

    pub(crate) async fn user(&self, id: u32) -> reqwest::Result<User> {
        self.get(format!("users/{id}")).await
    }

    pub(crate) async fn orders(&self, user: u32) -> reqwest::Result<Vec<Order>> {
        self.get(format!("users/{user}/orders")).await
    }

    pub(crate) async fn delivery(&self, order: u32) -> reqwest::Result<Delivery> {
        self.get(format!("orders/{order}/delivery")).await
    }

    pub(crate) async fn advice(&self, user: u32) -> reqwest::Result<Advice> {
        self.get(format!("users/{user}/advice")).await
    }

    pub(crate) async fn product(&self, id: u32) -> reqwest::Result<Product> {
        self.get(format!("products/{id}")).await
    }

    async fn get<T: DeserializeOwned>(&self, path: String) -> reqwest::Result<T> {
        let url = format!("http://{}/{path}", self.service);
        self.http.get(url).send().await?.error_for_status()?.json().await
    }
}
