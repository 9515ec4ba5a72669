//! What exceptions call a member that nobody reads.

use gather::{Exception, gather};

use crate::failing::literal;

fn name<T, E>(field: Result<T, Exception<E>>) -> &'static str {
    field.map(drop).err().unwrap().member.unwrap().name().unwrap()
}

#[tokio::test]
async fn without_its_underscore() {
    let named = gather! { _web => literal()?, _db => literal()?; name_errors }.await.map(drop);
    assert_eq!(named.unwrap_err().to_string(), "member `web` failed: gone");
    let spawned = gather! { _web => literal()?; spawn }.await.map(drop);
    assert_eq!(spawned.unwrap_err().member.unwrap().name(), Some("web"));
    let all = gather! { _pages => *[literal(), literal()]?; all_errors }.await.map(drop).unwrap_err();
    assert_eq!(all.to_string(), "member `pages[0]` failed: gone\nmember `pages[1]` failed: gone");
    let raw = gather! { r#_log => literal()?, _äther => literal()?; all_errors }.await.map(drop).unwrap_err();
    assert_eq!(raw.to_string(), "member `log` failed: gone\nmember `äther` failed: gone");
}

#[tokio::test]
async fn with_it_where_another_has_that_name_or_no_letter_follows() {
    let r = gather! {
        _a => literal(), a => literal(), __b => literal(), _2 => literal(), __ => literal(), r#_type => literal(), c => literal();
        return_exceptions
    }
    .await;
    let names = [name(r._a), name(r.a), name(r.__b), name(r._2), name(r.__), name(r.r#_type), name(r.c)];
    assert_eq!(names, ["_a", "a", "__b", "_2", "__", "type", "c"]);
}

#[tokio::test]
async fn the_field_and_its_dependants_keep_it() {
    let r = gather! { _one => async { 1 }, two => |_one| async move { *_one + 1 }; return_exceptions }.await;
    assert_eq!((r._one.unwrap(), r.two.unwrap()), (1, 2));
}

#[tokio::test]
async fn a_structs_field_is_called_as_it_is() {
    #[derive(Debug)]
    #[allow(dead_code)]
    struct Page {
        _web: u8,
    }
    let page = gather!(Page { _web: literal()? }; name_errors).await;
    assert_eq!(page.unwrap_err().to_string(), "member `_web` failed: gone");
}
