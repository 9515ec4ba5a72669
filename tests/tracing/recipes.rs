#![cfg_attr(doctest, doc = include_str!("../../docs/guide/seeing.md"))]
//! Programs of the guide that need more crates than the package `gather` has for its tests.
