//! A table in a frame of its own: it may be wider than the page.

use maud::{Markup, html};

/// A part that is scrolled sideways where it does not fit; by the keyboard too.
pub(super) fn scrolled(name: &str, content: Markup) -> Markup {
    html! { div.scroll role="region" aria-label=(name) tabindex="0" { (content) } }
}
