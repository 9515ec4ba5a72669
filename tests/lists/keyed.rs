//! Lists of pairs `(key, future)`.

use gather::gather;
use std::collections::{BTreeMap, HashMap};

async fn fetch(page: u8) -> String {
    tokio::task::yield_now().await;
    format!("page {page}")
}

async fn fallible(page: u8) -> Result<u8, String> {
    if page == 2 { Err("no page".to_owned()) } else { Ok(page) }
}

#[tokio::test]
async fn the_field_is_a_list_of_pairs() {
    let pages = gather!(*[("a", fetch(1)), ("b", fetch(2))]).await;
    assert_eq!(pages, [("a", "page 1".to_owned()), ("b", "page 2".to_owned())]);
    let r = gather! { one => fetch(0), pages => *[("a", 1), ("b", 2)].map(|(k, n)| (k, fetch(n))) ; limit = 1 }.await;
    let by_name: BTreeMap<_, _> = r.pages.into_iter().collect();
    assert_eq!((r.one.as_str(), by_name["b"].as_str()), ("page 0", "page 2"));
    let map: HashMap<_, _> = [("x".to_owned(), fetch(3))].into();
    assert_eq!(gather!(*map).await, [("x".to_owned(), "page 3".to_owned())]);
}

#[tokio::test]
async fn an_error_names_the_key() {
    let pages = ["a", "b"].into_iter().zip(1..).map(|(key, n)| (key, fallible(n)));
    let e = gather! { pages => *pages.clone()?; name_errors }.await.map(|r| r.pages).unwrap_err();
    assert_eq!(e.to_string(), r#"member `pages["b"]` failed: no page"#);
    let e = gather! { pages => *pages.clone()?; all_errors, limit = 1 }.await.map(|r| r.pages).unwrap_err();
    assert_eq!(e.to_string(), r#"member `pages["b"]` failed: no page"#);
    let r = gather! { pages => *pages.clone(); return_exceptions }.await;
    assert_eq!(r.pages[1].1.as_ref().unwrap_err().to_string(), r#"member `pages["b"]` failed: no page"#);
    let e = gather!(*pages.clone()?; spawn).await.unwrap_err();
    assert_eq!(e.to_string(), r#"member `["b"]` failed: no page"#);
    let r = gather! { pages => *pages.clone(), a => fetch(1); spawn, return_exceptions }.await.unwrap();
    assert_eq!(r.pages[1].1.as_ref().unwrap_err().to_string(), r#"member `pages["b"]` failed: no page"#);
    assert!(r.a.is_ok());
    let n = gather! { pages => *pages?, n => |pages| { let n = pages[0].1; async move { n } } }
        .await
        .map(|r| r.n + r.pages[0].1);
    assert_eq!(n, Err("no page".to_owned()));
}

mod adopted;
mod ends;
