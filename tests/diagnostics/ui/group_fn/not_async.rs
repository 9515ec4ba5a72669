//! The attribute on a fn that is not async.
use gather::gather_group;

struct Api;

impl Api {
    #[gather_group]
    pub fn method(&self) -> impl Future<Output = u64> {
//~     ^^
        async { 1 }
    }

    #[gather_group]
    fn plain(id: u64) -> u64 {
//~ ^^
        id
    }
}

#[gather_group]
#[allow(dead_code)]
const fn qualified() {}
//~   ^^

fn main() {
    // They are there all the same.
    let _: u64 = Api::plain(1);
    let _ = Api.method();
}
