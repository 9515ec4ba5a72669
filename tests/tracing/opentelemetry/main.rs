//! OpenTelemetry: the names, parents and fields of a trace that the stdout exporter prints.

use std::collections::HashMap;
use std::process::Command;

/// A span of the trace.
struct Span {
    name: String,
    id: String,
    parent: String,
    text: String,
}

fn spans(printed: &str) -> Vec<Span> {
    // The name of the scope is in quotes; what it follows from comes last.
    let field = |span: &str, name: &str| {
        let mut lines = span.lines().map(str::trim).filter_map(|line| line.strip_prefix(name));
        let line = lines.find(|line| !line.contains('"'));
        line.unwrap_or_default().trim_start_matches([' ', ':']).to_owned()
    };
    let span = |text: &str| Span {
        name: field(text, "Name"),
        id: field(text, "SpanId"),
        parent: field(text, "ParentSpanId"),
        text: text.to_owned(),
    };
    printed.split("Span #").skip(1).map(span).collect()
}

#[test]
fn a_trace_has_the_names_and_outcomes_of_members() {
    let output = Command::new(env!("CARGO_BIN_EXE_opentelemetry")).output().expect("the program");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let printed = String::from_utf8(output.stdout).expect("text");
    let spans = spans(&printed);
    let names: HashMap<&str, &str> = spans.iter().map(|span| (span.id.as_str(), span.name.as_str())).collect();
    let mut found: Vec<(String, &str)> = spans
        .iter()
        .map(|span| {
            let parent = names.get(span.parent.as_str()).copied().unwrap_or_default();
            (format!("{parent} > {}", span.name), span.text.as_str())
        })
        .collect();
    found.sort();
    let lines: Vec<&str> = found.iter().map(|(line, _)| line.as_str()).collect();
    assert_eq!(
        lines,
        [
            " > request",
            "group > advice",
            "group > orders",
            "group > tasks",
            "group > user",
            "request > group",
            "tasks > #0",
            "tasks > group",
        ],
        "{printed}"
    );
    let says = |line: &str, what: &str| {
        let text = found.iter().find(|(found, _)| found == line).expect("a span").1;
        assert!(text.contains(what), "{line} does not say {what}: {text}");
    };
    says("group > user", "outcome: String(Owned(\"ok\"))");
    says("group > orders", "outcome: String(Owned(\"error\"))");
    says("group > advice", "outcome: String(Owned(\"skipped\"))");
    says("group > advice", "after: String(Owned(\"orders\"))");
    says("request > group", "policy: String(Owned(\"return_exceptions\"))");
}
