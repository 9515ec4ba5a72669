//! Names that an expansion could stumble over.
#![allow(dead_code, non_camel_case_types, non_upper_case_globals, reason = "they are only in the way")]
#![allow(missing_docs, missing_debug_implementations, missing_copy_implementations, reason = "likewise")]
#![allow(unused_macros, clippy::pub_underscore_fields, reason = "likewise")]

mod core {}
mod std {}
mod alloc {}
mod private {}
mod __private {}
mod __gather {}
mod gather {}
mod gather_core {}

pub struct Ok;
pub struct Err;
pub struct Some;
pub struct None;
pub struct Result;
pub struct Option;
pub struct Vec;
pub struct Box;
pub struct Pin;
pub struct String;
pub struct Infallible;
pub struct Gathered;
pub struct One;
pub struct Star;
pub struct Whole;
pub struct T0;
pub struct T1;
pub struct __m0 {}
pub struct __future {}
pub trait Future {}
pub trait IntoFuture {}
pub trait Iterator {}
pub trait IntoIterator {}
pub trait Fn {}
pub trait Send {}
pub trait Sync {}
pub trait Clone {}
pub trait Debug {}
pub trait Not {}
pub trait Drop {}

/// Methods by the names that the expansion calls.
pub trait Methods: Sized {
    fn kind(&self) {}
    fn eager(self) {}
    fn lazy(self) {}
    fn not(self) {}
    fn make(self) {}
    fn deadline(self) {}
    fn share(&self) {}
    fn get(self) {}
    fn seen(self) {}
    fn exit(self) {}
    fn ok<T>(self, _: T) {}
    fn future(self) {}
    fn group(self) {}
    fn limit(self) {}
    fn after(self) {}
    fn send(self) {}
    fn plant(self) {}
    fn enter(self) {}
    fn poll(self) {}
    fn into_future(self) {}
}
impl<T> Methods for T {}

macro_rules! panic {
    () => {
        compile_error!("not this one")
    };
}
macro_rules! vec {
    () => {
        compile_error!("not this one")
    };
}
macro_rules! drop {
    () => {
        compile_error!("not this one")
    };
}

pub struct Page<T> {
    pub __m0: T,
    pub __base: T,
    pub private: T,
}

/// Where a name is a pattern, it means the constant.
const __v0: u8 = 0;
const __r0: u8 = 0;
const __one: u8 = 0;
const __ended: u8 = 0;
const __output: u8 = 0;
const __value: u8 = 0;
const __exit: u8 = 0;

fn __m1() {}
fn __mode() {}
fn __error() {}
fn drop(_: u8) {}
fn with(_: u8) {}
fn identity(_: u8) {}
fn ready(_: u8) {}
fn ignored_result(_: u8) {}

async fn f(n: u8) -> u8 {
    n
}

pub async fn all() -> u8 {
    let __m0 = 1;
    let __limit = 2;
    let mode = 3;
    let r =
        ::gather::gather! { __m0 => f(__m0), __m1 => f(__m0), _ => f(mode), list => *[f(__limit)]; limit = 2 }.await;
    let page = ::gather::gather!(Page { __m0: f(__m0), ..Page { __m0: 1, __base: 2, private: 3 } }).await;
    let (kept,) = ::gather::gather!(f(1); return_exceptions).await;
    let dependent = ::gather::gather! { __m0 => f(1), __m2 => |__m0| f(*__m0 + __limit) }.await;
    let __group = ::gather::gather!(async { ::core::result::Result::<u8, u8>::Ok(__m0) }?);
    let (a,) = __group.await.unwrap_or_default();
    let sum =
        r.__m0 + r.__m1 + r.list[0] + page.__m0 + page.__base + page.private + a + dependent.__m0 + dependent.__m2;
    sum + kept.unwrap_or(0)
}
