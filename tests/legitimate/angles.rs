//! `<` first and `>` last in the brackets are punctuation.

use std::error::Error;
use std::future::{Future, ready};

use futures::executor::block_on;
use gather::gather;

use super::{double, parse};

struct Page {
    number: u32,
    parsed: Option<u32>,
}

#[test]
fn around_every_layout() {
    let r = block_on(gather!(< a => double(1), b => parse("2")?; name_errors >)).unwrap();
    assert_eq!((r.a, r.b), (2, 2));
    assert_eq!(block_on(gather!(< double(1), parse("2"), >)), (2, Ok(2)));
    assert_eq!(block_on(gather!(<*[double(1), double(2)]>)), [2, 4]);
    let parsed = async { Some(1) };
    let page = block_on(gather! {< Page { number: double(1), parsed } >});
    assert_eq!((page.number, page.parsed), (2, Some(1)));
    let page = block_on(gather![< Page { number: double(3), ..page }; limit = 1 >]);
    assert_eq!((page.number, page.parsed), (6, Some(1)));
    block_on(gather!(<>));
    block_on(gather!(< _ => double(1) >));
    let r = block_on(gather! {<
        a => double(1),
        b => |a| double(*a << 1),
    >});
    assert_eq!((r.a, r.b), (2, 8));
    let (lone,) = block_on(gather!(< double(4) >));
    assert_eq!(lone, 8);
}

#[test]
fn around_options_that_hold_others() {
    let boxed: Result<(u32,), Box<dyn Error>> = block_on(gather!(< parse("1")?; error = Box<dyn Error> >));
    assert_eq!(boxed.unwrap(), (1,));
    let joint: Result<(u32,), Box<dyn Error>> = block_on(gather!(<parse("")?; error = Box<dyn Error>>));
    assert!(joint.is_err());
    assert_eq!(block_on(gather!(< double(1), ready::<u8>(3); limit = 1 << 1 >)), (2, 3));
}

trait Make {
    fn make() -> impl Future<Output = Result<u32, std::num::ParseIntError>>;
}
impl Make for u32 {
    async fn make() -> Result<u32, std::num::ParseIntError> {
        parse("5").await
    }
}
impl<T> Make for Vec<T> {
    async fn make() -> Result<u32, std::num::ParseIntError> {
        parse("v").await
    }
}

#[test]
fn a_path_of_a_type_is_no_bracket() {
    assert_eq!(block_on(gather!(<u32 as Make>::make(), double(1))), (Ok(5), 2));
    assert_eq!(block_on(gather!(<u32>::make()?, double(1))).unwrap(), (5, 2));
    assert!(block_on(gather!(<Vec<u8> as Make>::make())).0.is_err());
    let r: Result<_, Box<dyn Error>> = block_on(gather!(<u32 as Make>::make()?; error = Box<dyn Error>));
    assert_eq!(r.unwrap(), (5,));
    assert_eq!(block_on(gather!(< <u32 as Make>::make(), double(1) >)), (Ok(5), 2));
    assert_eq!(block_on(gather!(<<u32 as Make>::make()?>)).unwrap(), (5,));
    let r = block_on(gather!(< a => <u32 as Make>::make() >));
    assert_eq!(r.a, Ok(5));
}
