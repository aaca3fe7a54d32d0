//! A report as a page for a browser: one file that needs no other, no network and no script.
//!
//! Every text goes through the templates, which escape it; the page's own policy forbids the browser to load or run anything, and
//! allows one style sheet, by its hash.

mod bars;
mod lines;
mod observed;
mod personalised;
mod scale;
mod scrolled;
mod text;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use super::figures::{counted, grouped, hours, percent};
use super::personalised::Totals;
use super::read::Report;
use text::{day, isolated, legible};

const STYLE: &str = include_str!("style.css");

/// Whatever a title may hold: nothing is loaded, run, sent or framed.
fn policy() -> String {
    let hash = BASE64.encode(Sha256::digest(STYLE));
    format!("default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'")
}

impl Report {
    /// The report as an HTML document.
    pub fn page(&self) -> String {
        let heading = legible(&format!("Seconds streamed of {}", self.subject()));
        let page = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(policy());
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="referrer" content="no-referrer";
                    title { (heading) }
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    main {
                        header {
                            h1 { (heading) }
                            (period(&self.totals))
                        }
                        (headline(&self.totals))
                        (personalised::playlists(&self.playlists))
                        (personalised::works(&self.works, &self.totals))
                        @if let Some(observed) = &self.observed { (observed::section(observed)) }
                    }
                    footer { p { "Made by mixtape " (env!("CARGO_PKG_VERSION")) "." } }
                }
            }
        };
        page.into_string()
    }
}

fn period(totals: &Totals) -> Markup {
    html! {
        @if let (Some(first), Some(last)) = (&totals.first_heard, &totals.last_heard) {
            p.quiet { "Heard from " (isolated(day(first))) " to " (isolated(day(last))) }
        }
    }
}

fn headline(totals: &Totals) -> Markup {
    let heard = percent(totals.recommendations_heard, totals.recommendations);
    let cards = [
        (
            "Streamed",
            hours(totals.seconds_streamed),
            counted(totals.seconds_streamed, "second"),
        ),
        ("Streams", grouped(totals.streams), String::new()),
        (
            "Listeners",
            grouped(totals.listeners),
            format!("recommended to {}", counted(totals.users, "user")),
        ),
        (
            "Recommendations heard",
            heard,
            format!(
                "{} of {}",
                grouped(totals.recommendations_heard),
                grouped(totals.recommendations)
            ),
        ),
    ];
    html! {
        dl.cards {
            @for (name, value, more) in &cards {
                div { dt { (name) } dd { strong { (value) } span { (more) } } }
            }
        }
    }
}
