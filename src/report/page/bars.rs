//! Bars that lie, each below its name. Lengths are percents of the page's width, so that no text is scaled with them.

use maud::{Markup, html};

use super::scale::{Percent, marks};
use super::text::in_svg;
use crate::report::figures::{grouped, hours};

/// One bar.
pub(super) struct Bar<'r> {
    pub(super) name: &'r str,
    pub(super) value: i64,
    /// The value as it is written at its end.
    pub(super) shown: String,
}

/// What the values are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// Seconds, and hours beside them.
    Seconds,
    /// How many.
    Count,
    /// Parts of a whole, in hundredths of a percent.
    Share,
}

impl Unit {
    fn marks(self, most: i64) -> Vec<i64> {
        /// From where on the steps are whole hours.
        const LONG: i64 = 4 * 3600;
        match self {
            Unit::Seconds if most >= LONG => marks(0, most, 3600, 4),
            Unit::Seconds | Unit::Count => marks(0, most, 1, 4),
            Unit::Share => marks(0, Percent::ALL, 2_500, 4),
        }
    }

    /// What stands below a mark, on up to two lines.
    fn labels(self, mark: i64) -> [String; 2] {
        match self {
            Unit::Seconds if mark == 0 => ["0 s".to_owned(), "0 h".to_owned()],
            Unit::Seconds => [format!("{} s", grouped(mark)), hours(mark)],
            Unit::Count => [grouped(mark), String::new()],
            Unit::Share => [format!("{} %", mark / 100), String::new()],
        }
    }
}

/// A chart of them.
pub(super) struct BarChart<'r> {
    /// Of the element; no other one of the page has it.
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) bars: Vec<Bar<'r>>,
    pub(super) unit: Unit,
}

/// Height of a bar with its name, in pixels; baseline of the name, top and height of the bar in it.
const ROW: usize = 50;
const NAME: usize = 16;
const BAR: usize = 24;
const BAR_HEIGHT: usize = 16;

/// Below the last bar.
const AXIS: usize = 20;

impl BarChart<'_> {
    /// The figure, with its title and its values in words for those who do not see it.
    pub(super) fn draw(&self) -> Markup {
        let most = self.bars.iter().map(|bar| bar.value).max().unwrap_or(0);
        let marks = self.unit.marks(most);
        let last = marks.last().copied().unwrap_or(1);
        let bottom = self.bars.len() * ROW;
        let lines = if self.unit == Unit::Seconds { 2 } else { 1 };
        let (title_id, words_id) = (format!("{}-title", self.id), format!("{}-words", self.id));
        html! {
            figure {
                figcaption { (self.title) }
                svg.bars id=(self.id) role="img" aria-labelledby={ (title_id) " " (words_id) }
                    width="100%" height=(bottom + AXIS * lines) {
                    title id=(title_id) { (self.title) }
                    desc id=(words_id) { (self.words()) }
                    @for (number, mark) in marks.iter().enumerate() {
                        @let place = Percent::of(*mark, 0, last);
                        @let anchor = if number == 0 { "start" } else if *mark == last { "end" } else { "middle" };
                        // On a small screen there is room for the ends and the middle.
                        @let minor = number > 0 && *mark != last && number * 2 != marks.len() - 1;
                        line.grid x1=(place) x2=(place) y1="0" y2=(bottom) {}
                        @for (line, label) in self.unit.labels(*mark).iter().take(lines).enumerate() {
                            text.mark.minor[minor] x=(place) y=(bottom + AXIS * line + 16) text-anchor=(anchor) { (label) }
                        }
                    }
                    @for (number, bar) in self.bars.iter().enumerate() {
                        @let top = number * ROW;
                        text.name x="0" y=(top + NAME) { (in_svg(bar.name)) }
                        text.value x="100%" y=(top + NAME) text-anchor="end" { (bar.shown) }
                        rect.bar x="0" y=(top + BAR) width=(Percent::of(bar.value, 0, last)) height=(BAR_HEIGHT) rx="2" {}
                    }
                }
            }
        }
    }

    fn words(&self) -> String {
        let words = |bar: &Bar<'_>| format!("{}: {}", super::text::legible(bar.name), bar.shown);
        let bars: Vec<String> = self.bars.iter().map(words).collect();
        bars.join("; ")
    }
}
