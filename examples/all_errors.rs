//! `all_errors`: every member runs to its end, and all errors are told together, as those of a form are.
#![allow(clippy::unused_async, reason = "members are most often calls of async fns")]

use gather::gather;

async fn name(text: &str) -> Result<String, String> {
    if text.is_empty() { Err("is empty".to_owned()) } else { Ok(text.to_owned()) }
}

async fn age(text: &str) -> Result<u8, String> {
    text.parse().map_err(|_| format!("{text:?} is no number"))
}

async fn check(form: [&str; 3]) -> Result<String, String> {
    let [first, last, years] = form;
    let checked = gather! {
        first_name => name(first)?,
        last_name => name(last)?,
        age => age(years)?;
        all_errors
    };
    match checked.await {
        Ok(r) => Ok(format!("{} {}, {}", r.first_name, r.last_name, r.age)),
        Err(exceptions) => Err(format!("{} mistakes\n{exceptions}", exceptions.len())),
    }
}

fn main() {
    for form in [["Ada", "Lovelace", "36"], ["", "Lovelace", "many"]] {
        match futures::executor::block_on(check(form)) {
            Ok(person) => println!("{person}"),
            Err(mistakes) => println!("{mistakes}"),
        }
    }
}
