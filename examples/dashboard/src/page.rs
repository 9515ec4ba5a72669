//! The page, and three ways to load it.

use gather::{Exception, gather, gather_group};

use crate::client::Shop;
use crate::model::{Advice, Delivery, Order, Product, User};

pub(crate) struct Page {
    pub(crate) user: User,
    pub(crate) orders: Vec<Order>,
    /// One for each order.
    pub(crate) deliveries: Vec<Delivery>,
    /// Optional: a page without it is still a page.
    pub(crate) advice: reqwest::Result<Advice>,
    pub(crate) viewed: Vec<Product>,
}

pub(crate) async fn all_at_once(shop: &Shop, user: u32, viewed: &[u32]) -> Result<Page, Exception<reqwest::Error>> {
    gather!(
        Page {
            user: shop.user(user)?,
            orders: shop.orders(user)?,
            // Starts when the orders are there, whatever else is still loading.
            deliveries: *|orders| orders.iter().map(|order| shop.delivery(order.number))?,
            advice: shop.advice(user),
            viewed: *viewed.iter().map(|&id| shop.product(id))?,
        };
        name_errors, limit = 6
    )
    .await
}

/// Reads as the next one does. Of what is written one after the other, all that can runs at once.
#[gather_group]
pub(crate) async fn as_it_reads(shop: &Shop, id: u32, viewed: &[u32]) -> reqwest::Result<Page> {
    let user = shop.user(id).await?;
    let orders = shop.orders(id).await?;
    let advice = shop.advice(id).await;
    let viewed = gather!(*viewed.iter().map(|&id| shop.product(id))?; limit = 6).await?;
    let deliveries = gather!(*orders.iter().map(|order| shop.delivery(order.number))?).await?;
    Ok(Page { user, orders, deliveries, advice, viewed })
}

pub(crate) async fn one_after_the_other(shop: &Shop, id: u32, viewed: &[u32]) -> reqwest::Result<Page> {
    let user = shop.user(id).await?;
    let orders = shop.orders(id).await?;
    let mut deliveries = Vec::with_capacity(orders.len());
    for order in &orders {
        deliveries.push(shop.delivery(order.number).await?);
    }
    let advice = shop.advice(id).await;
    let mut products = Vec::with_capacity(viewed.len());
    for &id in viewed {
        products.push(shop.product(id).await?);
    }
    Ok(Page { user, orders, deliveries, advice, viewed: products })
}
