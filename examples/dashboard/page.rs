//! The page, and the two ways to load it.

use gather::{Exception, gather};

use crate::client::Shop;
use crate::model::{Advice, Order, Product, User};

pub(crate) struct Page {
    pub(crate) user: User,
    pub(crate) orders: Vec<Order>,
    /// Optional: a page without it is still a page.
    pub(crate) advice: reqwest::Result<Advice>,
    pub(crate) viewed: Vec<Product>,
}

pub(crate) async fn all_at_once(shop: &Shop, user: u32, viewed: &[u32]) -> Result<Page, Exception<reqwest::Error>> {
    gather!(
        Page {
            user: shop.user(user)?,
            orders: shop.orders(user)?,
            advice: shop.advice(user),
            viewed: *viewed.iter().map(|&id| shop.product(id))?,
        };
        name_errors, limit = 6
    )
    .await
}

pub(crate) async fn one_after_the_other(shop: &Shop, user: u32, viewed: &[u32]) -> reqwest::Result<Page> {
    let mut products = Vec::with_capacity(viewed.len());
    for &id in viewed {
        products.push(shop.product(id).await?);
    }
    Ok(Page {
        user: shop.user(user).await?,
        orders: shop.orders(user).await?,
        advice: shop.advice(user).await,
        viewed: products,
    })
}
