//! What the service and its client tell each other, as JSON.

use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub(crate) struct User {
    pub(crate) name: String,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Order {
    pub(crate) number: u32,
    pub(crate) total: u32,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Delivery {
    pub(crate) day: String,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Advice {
    pub(crate) text: String,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Product {
    pub(crate) name: String,
}
