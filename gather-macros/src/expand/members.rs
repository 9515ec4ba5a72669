//! All members: their values, and the statements that make members of them.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::context::{Context, reference};
use super::{dependant, layout, member, options};

/// Everything that is evaluated where the group is written: the members that wait for nobody, the options, the base.
pub(super) fn values(cx: &Context<'_>) -> TokenStream {
    let independent = cx.group.members.iter().enumerate().filter(|(i, _)| !cx.graph.waits(*i));
    let members = independent.map(|(i, m)| member::source(m, cx.graph.is_awaited(i), cx));
    let options = options::values(cx).into_iter().map(|(_, value)| value);
    let base = layout::base_value(cx).into_iter();
    quote!((#(#members,)* #(#options,)* #(#base,)*))
}

/// The pattern that binds these values in the expansion.
pub(super) fn pattern(cx: &Context<'_>) -> TokenStream {
    let members = cx.names.iter().enumerate().filter(|(i, _)| !cx.graph.waits(*i)).map(|(_, name)| name);
    let options = options::values(cx).into_iter().map(|(name, _)| name);
    let base = cx.group.layout.base().map(|_| layout::base_name()).into_iter();
    quote!((#(#members,)* #(#options,)* #(#base,)*))
}

/// The statements that make all members of a group in which nobody waits for another.
pub(super) fn all_at_once(cx: &Context<'_>) -> TokenStream {
    let plain = |m| member::is_plain(m, cx);
    let members = cx.group.members.iter().zip(&cx.names).map(|(m, name)| {
        let made = if plain(m) { member::enter(m, name, cx) } else { member::kind(m, name, cx) };
        quote!(let #name = #made;)
    });
    members.collect()
}

/// The statements that make all members, each after those that it waits for.
pub(super) fn in_order(cx: &Context<'_>) -> Statements {
    let mut statements = Statements::default();
    for i in cx.graph.order() {
        let (m, name) = (&cx.group.members[i], &cx.names[i]);
        if cx.graph.waits(i)
            && let Some(needs) = &m.needs
        {
            let dependant = dependant::dependant(cx, m, needs, cx.graph.needs(i));
            statements.push_written(cx, &quote!(let #name = #dependant;));
        }
        let alone = !cx.graph.waits(i) && !cx.graph.is_awaited(i);
        let enters = alone && member::is_plain(m, cx);
        let made = if enters { member::enter(m, name, cx) } else { member::kind(m, name, cx) };
        if !cx.graph.is_awaited(i) {
            statements.push(name.clone(), made);
        } else if cx.is_spawned() {
            statements.push(name.clone(), made);
            share(cx, i, &mut statements);
        } else {
            let reference = reference(i);
            statements.push(name.clone(), quote!(__gather::publish(#made, #reference)));
        }
    }
    statements
}

/// A task gives its value to those that wait for it: the value is shared with them.
fn share(cx: &Context<'_>, i: usize, statements: &mut Statements) {
    let (m, name) = (&cx.group.members[i], &cx.names[i]);
    let ends = cx.ends(&m.value.tokens, m.glue);
    let here = Ident::new(&name.to_string(), ends.first);
    let make = if cx.has_result_cell(i) { quote!(shared_result_cell) } else { quote!(shared_cell) };
    // On the member: what others depend on must be `Sync`.
    let found = ends.method(&ends.call(&quote!(__gather::#make), quote!(&#here)), "share");
    let reference = reference(i);
    statements.push(reference.clone(), ends.call(&quote!(__gather::Answer::not), found));
    statements.push(name.clone(), quote!(__gather::shared(#name, &#reference)));
}

/// The statements of a group in which members wait for others. The bodies of these stand among them, and must not see the private
/// module under a short name: it has one in blocks between them.
#[derive(Default)]
pub(super) struct Statements {
    done: TokenStream,
    /// The names that the next such block binds, each with its value.
    block: Vec<(Ident, TokenStream)>,
}

impl Statements {
    /// `let name = value;`, in which nothing of the user's stands.
    fn push(&mut self, name: Ident, value: TokenStream) {
        self.block.push((name, value));
    }

    /// A statement with code of the user's.
    fn push_written(&mut self, cx: &Context<'_>, statement: &TokenStream) {
        let block = std::mem::take(&mut self.block);
        let names = cx.names_of_private();
        self.done.extend(match block.as_slice() {
            [] => TokenStream::new(),
            [(name, value)] => quote!(let #name = { #names #value };),
            all => {
                let (bound, values): (Vec<_>, Vec<_>) = all.iter().map(|(name, value)| (name, value)).unzip();
                let mut once: Vec<&Ident> = Vec::new();
                for name in &bound {
                    if !once.contains(name) {
                        once.push(name);
                    }
                }
                quote!(let (#(#once,)*) = { #names #(let #bound = #values;)* (#(#once,)*) };)
            }
        });
        self.done.extend(statement.clone());
    }

    /// All of them, and `last` at the end of the last block.
    pub(super) fn followed_by(self, cx: &Context<'_>, last: &TokenStream) -> TokenStream {
        let Self { done, block } = self;
        let names = cx.names_of_private();
        let block = block.iter().map(|(name, value)| quote!(let #name = #value;));
        quote!(#done { #names #(#block)* #last })
    }
}
