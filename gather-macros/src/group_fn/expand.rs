//! The fn with its stages as in-task groups: a thin skeleton of calls into `gather::__private`, shown in the head of
//! `gather-core/src/private/group_fn.rs`.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{Attribute, Local};

use super::ast::{Arguments, Function};
use super::return_type::{self, Returned};
use super::stages::{self, Member, Step, untyped};
use crate::errors::Errors;
use crate::expand::{hidden, labels, member_name, tree};
use crate::span::{Ends, at};

/// The item unchanged; the mistakes come last, so that an editor finds the user's tokens where they are without them.
pub(super) fn as_written(item: &TokenStream, errors: Errors) -> TokenStream {
    let errors = errors.into_compile_errors();
    quote!(#item #errors)
}

pub(super) fn function(function: &Function, steps: &[Step<'_>], arguments: &Arguments) -> TokenStream {
    let Function { attributes, visibility, signature, body, inner, .. } = function;
    let docs = format!(" Runs as `{}`: what `+` joins is concurrent.", stages::shown(steps));
    let statements = statements(function, steps, arguments);
    let mut braces = Group::new(Delimiter::Brace, quote!(#(#inner)* #statements));
    braces.set_span(body.span());
    let own = attributes.iter().any(|attribute| attribute.path().is_ident("doc"));
    let paragraph = own.then(|| quote!(#[doc = ""]));
    quote!(#(#attributes)* #paragraph #[doc = #docs] #visibility #signature #braces)
}

/// What the parts of the expansion share.
struct Context<'a> {
    function: &'a Function,
    private: TokenStream,
    exit: Ident,
    limit: Option<Ident>,
    poll_all: bool,
}

fn statements(function: &Function, steps: &[Step<'_>], arguments: &Arguments) -> TokenStream {
    let concurrent = steps.iter().any(|step| matches!(step, Step::Stage(members) if members.len() > 1));
    if !concurrent {
        let statements = &function.statements;
        return quote!(#(#statements)*);
    }
    let krate = &arguments.krate;
    let private = quote!(#krate::__private);
    let exit = hidden("exit");
    let limit = arguments.limit.as_ref().map(|_| hidden("limit"));
    let found = match return_type::of(&function.signature.output) {
        Returned::Known(ty) => quote!(#private::return_type::<#ty>().__exit()),
        Returned::Never | Returned::Opaque => quote!(#private::no_early_return()),
    };
    let limit_value = arguments.limit.as_ref().map(|value| quote!(let #limit: ::core::primitive::usize = #value;));
    let cx = Context { function, private, exit, limit, poll_all: arguments.poll_all };
    let exit = &cx.exit;
    let steps = steps.iter().map(|step| self::step(step, &cx));
    // Items of the body are in scope in all of its block, and may be called as the types above are.
    quote! {
        let #exit = #found;
        #limit_value
        { #(#steps)* }
    }
}

fn step(step: &Step<'_>, cx: &Context<'_>) -> TokenStream {
    match step {
        Step::Barrier(at) => cx.function.statements[*at].to_token_stream(),
        Step::Stage(members) => match members.as_slice() {
            [alone] => cx.function.statements[alone.at].to_token_stream(),
            members => stage(members, cx),
        },
    }
}

fn stage(members: &[Member<'_>], cx: &Context<'_>) -> TokenStream {
    let Context { private, exit, poll_all, .. } = cx;
    let values: Vec<Ident> = (0..members.len()).map(member_name).collect();
    let futures: Vec<TokenStream> = members.iter().map(|member| beside(member, cx)).collect();
    let parts = tree::in_task(&futures, *poll_all, private);
    let strategy = tree::strategy(futures.len(), *poll_all, private);
    let shape = tree::shape(futures.iter().map(|_| true), false, private);
    let pattern = tree::pattern(&values);
    let limit = if let Some(limit) = &cx.limit { quote!(#private::limit(#limit)) } else { quote!(#private::Unlimited) };
    let names: Vec<String> = members.iter().map(stages::shown_member).collect();
    let limit = labels::of_stage(&names, limit, private);
    let lets = members.iter().zip(&values).map(|(member, value)| after(member, value));
    let (all, early) = (hidden("all"), hidden("early"));
    quote! {
        let #pattern = match #exit.__or_return(#private::stage(#exit, #strategy, #shape, #parts, #limit).await) {
            ::core::result::Result::Ok(#all) => #all,
            ::core::result::Result::Err(#early) => return #early,
        };
        #(#lets)*
    }
}

/// The initialiser as a member: `beside(exit, async { let value: T = init; return exit.ok(value); })`.
fn beside(member: &Member<'_>, cx: &Context<'_>) -> TokenStream {
    let Context { private, exit, limit, .. } = cx;
    let Member { written: local, init, .. } = member;
    let expr = init.expr.to_token_stream();
    // The block reaches over the whole initialiser, so that messages about the member stand there.
    let ends = Ends::of(&expr, init.eq_token.span);
    let (pat, typed) = untyped(&local.pat);
    let annotation = typed.map(|typed| {
        let (colon, ty) = (&typed.colon_token, &typed.ty);
        quote!(#colon #ty)
    });
    let value = Ident::new("__gather_value", Ends::of(&pat.to_token_stream(), init.eq_token.span).first);
    let lints = local.attrs.iter().filter(|attribute| is_lint(attribute)).map(allowed);
    // If the initialiser never ends, the `return` is never reached, which is not worth a warning.
    let body = quote! {
        #(#lints)* let #value #annotation = #expr;
        #[allow(unreachable_code)]
        return #exit.__ok(#value);
    };
    let make = quote!(#private::member);
    let starts = if limit.is_some() { quote!(#private::WITH_PERMIT) } else { quote!(#private::Immediately) };
    let block = block(ends, body);
    let member = quote!(#make(#exit, #block, #starts));
    let conditions: Vec<TokenStream> = local.attrs.iter().filter_map(condition).collect();
    if conditions.is_empty() {
        return member;
    }
    let absent = quote!(#make(#exit, async { #exit.__ok(()) }, #starts));
    quote!({ #[cfg(all(#(#conditions),*))] { #member } #[cfg(not(all(#(#conditions),*)))] { #absent } })
}

/// `async { body }`, from the first token of the initialiser to its last.
fn block(ends: Ends, body: TokenStream) -> TokenStream {
    let keyword = Ident::new("async", ends.first);
    let mut braces = Group::new(Delimiter::Brace, body);
    braces.set_span(ends.last);
    quote!(#keyword #braces)
}

/// `let pattern = identity(value);`: a value and no variable, so that what the pattern leaves over is dropped here.
fn after(member: &Member<'_>, value: &Ident) -> TokenStream {
    let Member { written: Local { attrs, let_token, pat, semi_token, .. }, init, .. } = member;
    let (pat, _) = untyped(pat);
    let attrs = attrs.iter().map(allowed);
    let ends = Ends::of(&init.expr.to_token_stream(), init.eq_token.span);
    let value = Ident::new(&value.to_string(), ends.first);
    let value = ends.call(&quote!(::core::convert::identity), quote!(#value));
    let eq = &init.eq_token;
    let diverge = init.diverge.as_ref().map(|(word, block)| quote!(#word #block));
    quote!(#(#attrs)* #let_token #pat #eq #value #diverge #semi_token)
}

fn is_lint(attribute: &Attribute) -> bool {
    ["allow", "warn", "deny", "forbid", "expect"].iter().any(|word| attribute.path().is_ident(word))
}

/// `#[expect(..)]` becomes `#[allow(..)]`: the `let` is now two, and what is expected comes up in one of them.
fn allowed(attribute: &Attribute) -> TokenStream {
    if !attribute.path().is_ident("expect") {
        return attribute.to_token_stream();
    }
    let mut attribute = attribute.clone();
    if let syn::Meta::List(list) = &mut attribute.meta {
        list.path = Ident::new("allow", at(Span::call_site())).into();
    }
    attribute.to_token_stream()
}

/// The condition of a `#[cfg(..)]`.
fn condition(attribute: &Attribute) -> Option<TokenStream> {
    let list = attribute.path().is_ident("cfg").then(|| attribute.meta.require_list().ok())??;
    Some(list.tokens.clone())
}
