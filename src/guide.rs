// The pages of `docs/`, so that they are read here too and their programs are tested.
//
// A page defines its links at its end, as paths that work where the file itself is shown. The definitions in `links.md` stand before
// the page's own, and the first definition of a name is the one that counts.

macro_rules! chapter {
    ($name:ident, $file:literal) => {
        // Programs that spawn, or look at tokio's clock, have nothing to call where the feature is off.
        #[cfg_attr(any(not(doctest), feature = "tokio"), doc = include_str!("links.md"))]
        #[cfg_attr(any(not(doctest), feature = "tokio"), doc = include_str!(concat!("../docs/", $file)))]
        pub mod $name {}
    };
}

chapter!(tutorial, "guide/tutorial.md");
chapter!(which_one, "guide/which_one.md");
chapter!(layouts, "guide/layouts.md");
chapter!(required_and_optional, "guide/required_and_optional.md");
chapter!(lists, "guide/lists.md");
chapter!(completions, "guide/completions.md");
chapter!(dependencies, "guide/dependencies.md");
chapter!(errors, "guide/errors.md");
// Its programs are tested in the package `tests/errors`, which has the crates that they use.
#[cfg_attr(not(doctest), doc = include_str!("links.md"))]
#[cfg_attr(not(doctest), doc = include_str!("../docs/guide/errors_in_applications.md"))]
pub mod errors_in_applications {}

chapter!(deadlines, "guide/deadlines.md");
chapter!(spawned, "guide/spawned.md");
chapter!(other_machines, "guide/other_machines.md");
chapter!(recipes, "guide/recipes.md");
// As above, in the package `tests/tracing`.
#[cfg_attr(not(doctest), doc = include_str!("links.md"))]
#[cfg_attr(not(doctest), doc = include_str!("../docs/guide/seeing.md"))]
pub mod seeing {}

chapter!(migration, "guide/migration.md");
chapter!(faq, "guide/faq.md");

chapter!(versions, "versions.md");
chapter!(engine, "engine.md");
chapter!(compiler_messages, "compiler_messages.md");
chapter!(editors, "editors.md");
chapter!(mistakes_compared, "mistakes_compared.md");
