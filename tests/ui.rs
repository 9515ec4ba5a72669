//! How each mistake reads. `TRYBUILD=overwrite cargo test --test ui` writes the texts anew; `spans.rs` checks the places.

#[test]
fn mistakes() {
    trybuild::TestCases::new().compile_fail("tests/ui/*/*.rs");
}
