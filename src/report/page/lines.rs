//! Lines over time. They are stretched to the page's width; texts and dots are not.

use maud::{Markup, html};

use super::scale::{Percent, marks};
use super::text::{day, legible, minute};
use crate::report::figures::grouped;
use crate::report::observed::Observation;

/// One line: a value for each of the times.
pub(super) struct Line<'r> {
    pub(super) name: &'r str,
    pub(super) values: Vec<Option<i64>>,
}

/// Where the small values are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Upwards {
    /// Below, as usual.
    Larger,
    /// On top: places of a list.
    Smaller,
}

/// A chart of lines.
pub(super) struct LineChart<'r> {
    /// Of the element; no other one of the page has it.
    pub(super) id: String,
    pub(super) title: String,
    pub(super) times: &'r [Observation],
    pub(super) lines: Vec<Line<'r>>,
    pub(super) upwards: Upwards,
}

/// In pixels: above the plot, the plot, below it.
const TOP: i64 = 22;
const HEIGHT: i64 = 180;
const BOTTOM: i64 = 26;

/// A dot for each value, where there are no more times than these.
const DOTTED: usize = 60;

/// Steps of an axis, at most.
const STEPS: i128 = 4;

impl LineChart<'_> {
    /// The figure; nothing where there is no value at all.
    pub(super) fn draw(&self) -> Markup {
        let (Some(low), Some(high)) = (self.values().min(), self.values().max()) else {
            return html! {};
        };
        let mut marks = marks(low, high, 1, STEPS);
        if self.upwards == Upwards::Smaller && low > 0 {
            // A list has no place 0.
            marks[0] = marks[0].max(1);
        }
        let (title_id, words_id) = (format!("{}-title", self.id), format!("{}-words", self.id));
        html! {
            figure {
                figcaption { (self.title) }
                svg.lines id=(self.id) role="img" aria-labelledby={ (title_id) " " (words_id) }
                    width="100%" height=(TOP + HEIGHT + BOTTOM) {
                    title id=(title_id) { (self.title) }
                    desc id=(words_id) { (self.words()) }
                    svg.plot x=(self.start()) y=(TOP) width=(self.width()) height=(HEIGHT) {
                        @for mark in &marks {
                            @let y = self.height(*mark, &marks);
                            line.grid x1="0" x2="100%" y1=(y) y2=(y) {}
                        }
                        svg width="100%" height=(HEIGHT) viewBox={ "0 0 " (Percent::ALL) " " (HEIGHT) } preserveAspectRatio="none" {
                            @for (number, line) in self.lines.iter().enumerate() {
                                path class={ "line line-" (number) } d=(self.path(line, &marks)) {}
                            }
                        }
                        @for (number, line) in self.lines.iter().enumerate() {
                            (self.dots(number, line, &marks))
                        }
                    }
                    @for mark in &marks {
                        text.mark x="0" y=(TOP + self.height(*mark, &marks) + 4) { (grouped(*mark)) }
                    }
                    @if self.upwards == Upwards::Smaller { (self.ends(&marks)) }
                    (self.dates())
                }
            }
        }
    }

    /// Before the lines there is room for the numbers of the axis; behind those of places for the last ones.
    fn start(&self) -> Percent {
        /// Of a character on a telephone, in hundredths of a percent; and room for two.
        const CHARACTER: usize = 210;
        const LEAST: usize = 700;
        const MOST: usize = 3_000;
        let widest = self.values().map(|value| grouped(value).len()).max();
        let room = CHARACTER * widest.unwrap_or(0);
        Percent(room.clamp(LEAST, MOST) as i64)
    }

    fn values(&self) -> impl Iterator<Item = i64> {
        self.lines
            .iter()
            .flat_map(|line| &line.values)
            .flatten()
            .copied()
    }

    fn width(&self) -> Percent {
        let Percent(start) = self.start();
        let behind = match self.upwards {
            Upwards::Larger => 0,
            Upwards::Smaller => start,
        };
        Percent(Percent::ALL - start - behind)
    }

    fn height(&self, value: i64, marks: &[i64]) -> i64 {
        let (first, last) = (marks[0], marks[marks.len() - 1]);
        let Percent(part) = Percent::of(value, first, last);
        let above = HEIGHT * part / Percent::ALL;
        match self.upwards {
            Upwards::Larger => HEIGHT - above,
            Upwards::Smaller => above,
        }
    }

    fn place(&self, number: usize) -> Percent {
        let [first, .., last] = self.times else {
            return Percent(Percent::ALL / 2);
        };
        let (first, last) = (first.microsecond, last.microsecond);
        Percent::of(self.times[number].microsecond, first, last)
    }

    /// Lines between values that stand side by side; where one is missing there is a gap.
    fn path(&self, line: &Line<'_>, marks: &[i64]) -> String {
        let mut path = String::new();
        let mut is_drawn = false;
        for (number, value) in line.values.iter().enumerate() {
            if let Some(value) = value {
                let command = if is_drawn { 'L' } else { 'M' };
                let (Percent(x), y) = (self.place(number), self.height(*value, marks));
                path += &format!("{command}{x} {y}");
            }
            is_drawn = value.is_some();
        }
        path
    }

    fn dots(&self, number: usize, line: &Line<'_>, marks: &[i64]) -> Markup {
        let is_alone = |place: usize| {
            let has = |place: Option<usize>| {
                place.is_some_and(|place| line.values.get(place).is_some_and(Option::is_some))
            };
            !has(place.checked_sub(1)) && !has(Some(place + 1))
        };
        html! {
            @for (place, value) in line.values.iter().enumerate() {
                @if let Some(value) = value && (self.times.len() <= DOTTED || is_alone(place)) {
                    circle class={ "dot line-" (number) } cx=(self.place(place)) cy=(self.height(*value, marks)) r="3" {
                        title { (legible(line.name)) ", " (legible(&self.times[place].time)) ": " (grouped(*value)) }
                    }
                }
            }
        }
    }

    /// The last value of each line at its end.
    fn ends(&self, marks: &[i64]) -> Markup {
        html! {
            @for (number, line) in self.lines.iter().enumerate() {
                @if let Some(Some(last)) = line.values.last() {
                    text class={ "end line-" (number) } x="100%" y=(TOP + self.height(*last, marks) + 4) text-anchor="end" {
                        (grouped(*last))
                    }
                }
            }
        }
    }

    fn dates(&self) -> Markup {
        let y = TOP + HEIGHT + 18;
        let last = self.times.len() - 1;
        let is_one_day = last > 0 && day(&self.times[0].time) == day(&self.times[last].time);
        let date = |number: usize| {
            let time = &self.times[number].time;
            if is_one_day { minute(time) } else { day(time) }
        };
        let (Percent(start), Percent(width)) = (self.start(), self.width());
        html! {
            @if last == 0 {
                text.mark x=(Percent(start + width / 2)) y=(y) text-anchor="middle" { (date(0)) }
            } @else {
                text.mark x=(Percent(start)) y=(y) { (date(0)) }
                text.mark x=(Percent(start + width)) y=(y) text-anchor="end" { (date(last)) }
            }
        }
    }

    fn words(&self) -> String {
        let words = |line: &Line<'_>| {
            let mut known = line
                .values
                .iter()
                .zip(self.times)
                .filter_map(|(value, seen)| {
                    let value = grouped((*value)?);
                    Some(format!("{value} on {}", legible(day(&seen.time))))
                });
            let first = known.next().unwrap_or_default();
            let last = known.next_back().map(|last| format!(", then {last}"));
            let name = legible(line.name);
            format!("{name}: {first}{}", last.unwrap_or_default())
        };
        let lines: Vec<String> = self.lines.iter().map(words).collect();
        lines.join("; ")
    }
}
