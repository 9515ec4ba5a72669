//! What the pages say is so: their programs build, run and print what stands below them, and their links lead somewhere.
//!
//! A block fenced `rust` is a whole program. One fenced `rust,fragment` is the body of an async fn. A block fenced `text` right
//! after a program is what that program prints. One fenced `rs path` is a part of that file.

mod blocks;
mod excerpts;
mod links;
mod page;
mod programs;
