//! A report as Markdown: for a wiki, a mail, an issue.

use std::io::{self, Write};

use super::figures::{grouped, hours, percent};
use super::read::Report;
use crate::json::visible;

impl Report {
    /// Writes the playlists and the top works as tables of GitHub's Markdown. Texts are what they are, never markup.
    ///
    /// # Errors
    /// When `output` does not take it.
    pub fn write_markdown(&self, output: &mut impl Write) -> io::Result<()> {
        writeln!(
            output,
            "# Seconds streamed of {}\n\n{}. {}.\n",
            escaped(&self.subject()),
            self.heard(),
            self.share(),
        )?;
        writeln!(
            output,
            "| playlist | seconds | hours | streams | listeners | recommended | of them heard |\n\
             |---|--:|--:|--:|--:|--:|--:|"
        )?;
        for figures in &self.playlists {
            writeln!(
                output,
                "| {} | {} | {} | {} | {} | {} | {} |",
                escaped(&figures.playlist_name),
                grouped(figures.seconds_streamed),
                hours(figures.seconds_streamed),
                grouped(figures.streams),
                grouped(figures.listeners),
                grouped(figures.recommendations),
                percent(figures.recommendations_heard, figures.recommendations),
            )?;
        }
        if self.works.is_empty() {
            return Ok(());
        }
        writeln!(
            output,
            "\n## Top works\n\n\
             | work | composer | seconds | hours | streams | listeners |\n\
             |---|---|--:|--:|--:|--:|"
        )?;
        for figures in &self.works {
            writeln!(
                output,
                "| {} | {} | {} | {} | {} | {} |",
                escaped(&figures.work),
                escaped(figures.composer.as_deref().unwrap_or("")),
                grouped(figures.seconds_streamed),
                hours(figures.seconds_streamed),
                grouped(figures.streams),
                grouped(figures.listeners),
            )?;
        }
        Ok(())
    }
}

/// A text on one line in which no character means anything to Markdown, or to the HTML that it may hold. A letter in front of a
/// colon or an `@` could be taken for an address; what links, links to what is written there.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in visible(text).chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '#' | '!' | '|' | '~'
            | '$' => {
                escaped.push('\\');
                escaped.push(character);
            }
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_markup() {
        for (text, expected) in [
            ("Symphony No. 5", "Symphony No. 5"),
            ("a|b", "a\\|b"),
            ("<img src=x>", "&lt;img src=x&gt;"),
            ("two\nlines", "two␊lines"),
            ("[x](javascript:y)", "\\[x\\]\\(javascript:y\\)"),
            ("\\| &amp;", "\\\\\\| &amp;amp;"),
        ] {
            assert_eq!(escaped(text), expected);
        }
    }
}
