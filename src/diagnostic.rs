//! How an error looks: in words with a picture of its place, or as a line of JSON for programs.

use std::io::{IsTerminal, Write};

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use serde::Serialize;

use mixtape::Error;
use mixtape::json::visible;
use mixtape::rejects::Shown;

use crate::cli::ErrorFormat;
use crate::outcome::Outcome;
use crate::terminal::colours_are_wanted;

/// Writes an error to standard error. One that is closed is nobody to complain to.
pub fn print(error: &Error, format: ErrorFormat) {
    let text = match format {
        ErrorFormat::Text => picture(error, std::io::stderr().is_terminal()),
        ErrorFormat::Json => line(&Record::of(error)),
    };
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// Writes a reject to standard error.
pub fn print_reject(reject: &Shown, format: ErrorFormat) {
    let text = match format {
        ErrorFormat::Text => format!("rejected: {}", visible(&reject.error.headline())),
        ErrorFormat::Json => line(&Record {
            error: "rejected",
            reason: Some(reject.reason.name()),
            exit_code: Outcome::Rejected.exit_code(),
            ..Record::of(&reject.error)
        }),
    };
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// Writes to standard error how many rejects were not shown.
pub fn print_unseen_rejects(count: u64, format: ErrorFormat) {
    let message = format!("and {count} more; --rejects FILE collects them all");
    let text = match format {
        ErrorFormat::Text => format!("rejected: {message}"),
        ErrorFormat::Json => line(&Record {
            error: "rejected",
            message,
            exit_code: Outcome::Rejected.exit_code(),
            ..Record::default()
        }),
    };
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// Whether the command line asks for JSON, as far as one can tell of one that makes no sense.
pub fn json_is_asked_for() -> bool {
    let arguments: Vec<_> = std::env::args_os().collect();
    let joined = arguments.iter().any(|one| one == "--error-format=json");
    let apart = arguments
        .windows(2)
        .any(|two| two[0] == "--error-format" && two[1] == "json");
    joined || apart
}

fn picture(error: &Error, colours: bool) -> String {
    let (Some(snippet), Some(position)) = (error.snippet(), error.position()) else {
        return format!("error: {}", visible(&error.to_string()));
    };
    let headline = visible(&error.headline());
    let label = format!("here (byte {})", position.byte);
    let mut text = snippet.text.clone();
    let mut place = snippet.place.clone();
    if place.is_empty() {
        // The end of the line, or of the input: something must be there to point at.
        text.push(' ');
        place.end = place.start + 1;
    }
    let line = usize::try_from(position.line).unwrap_or(usize::MAX);
    let report = [Level::ERROR.primary_title(headline.as_str()).element(
        Snippet::source(text.as_str())
            .line_start(line)
            .annotation(AnnotationKind::Primary.span(place).label(label.as_str())),
    )];
    let renderer = if colours && colours_are_wanted() {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    renderer.render(&report)
}

/// An error for programs: one line, members that are not known left out.
#[derive(Default, Serialize)]
struct Record<'a> {
    error: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    input: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    byte: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    element: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    exit_code: u8,
}

impl<'a> Record<'a> {
    fn of(error: &'a Error) -> Self {
        let position = error.position();
        let element = error.element();
        Record {
            error: error.kind().name(),
            reason: None,
            message: error.message(),
            input: error.input(),
            line: position.map(|position| position.line),
            column: position.map(|position| position.column),
            byte: position.map(|position| position.byte),
            element: element.map(|(name, _)| name),
            number: element.map(|(_, number)| number),
            path: error.path(),
            text: error.snippet().map(|snippet| snippet.text.as_str()),
            exit_code: error.kind().exit_code(),
        }
    }
}

fn line(record: &Record<'_>) -> String {
    serde_json::to_string(record).unwrap_or_else(|_| "{}".to_owned())
}
