//! Arguments that there are not, and values that they do not take.
use gather::gather_group;

async fn get(id: u64) -> u64 {
    id
}

#[gather_group(limt = 4)]
//~            ^^^^
async fn misspelled() -> u64 {
    let a = get(1).await;
    let b = get(2).await;
    a + b
}

#[gather_group(spawn)]
//~            ^^^^^
async fn unknown() {
    let _a = get(1).await;
}

#[gather_group(limit = "4")]
//~                    ^^^
async fn text() {
    let _a = get(1).await;
}

#[gather_group(limit = 0)]
//~                    ^
async fn zero() {
    let _a = get(1).await;
}

#[gather_group(limit)]
//~            ^^^^^
async fn no_value() {
    let _a = get(1).await;
}

#[gather_group(limit = 1, limit = 2)]
//~                       ^^^^^
async fn repeated() {
    let _a = get(1).await;
}

#[gather_group(crate = "my gather")]
//~                    ^^^^^^^^^^^
async fn no_path() {
    let _a = get(1).await;
}

#[gather_group(limit = 2 * 1_u8)]
//~                    ^^^^^^^^
async fn no_usize() {
    let _a = get(1).await;
    let _b = get(2).await;
}

#[gather_group(limit 1, limit = 2 =)]
//~            ^^^^^
//~                     ^^^^^
//~                             ^^^
async fn no_expression() -> u64 {
    let a = get(1).await;
    a
}

#[gather_group(limit = 2 +)]
//~                    ^^^
async fn not_finished() -> u64 {
    let a = get(1).await;
    a
}

#[gather_group(limit = 1 2)]
//~                      ^
async fn two_values() -> u64 {
    let a = get(1).await;
    a
}

fn main() {
    let _ = (no_expression(), not_finished(), two_values());
    let _ = (misspelled(), unknown(), text(), zero(), no_value(), repeated(), no_path(), no_usize());
}
