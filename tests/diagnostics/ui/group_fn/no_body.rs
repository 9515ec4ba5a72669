//! The attribute on a fn without a body.
use gather::gather_group;

#[allow(async_fn_in_trait)]
trait Source {
    #[gather_group]
    async fn next(&self) -> u64;
//~                            ^
}

impl Source for u64 {
    async fn next(&self) -> u64 {
        *self
    }
}

fn main() {
    let _ = 1.next();
}
