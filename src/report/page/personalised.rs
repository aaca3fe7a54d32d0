//! The personalised playlists on the page: charts of them, the same in figures, and the works that were streamed longest.

use maud::{Markup, html};

use super::bars::{Bar, BarChart, Unit};
use super::scale::Percent;
use super::scrolled::scrolled;
use super::text::isolated;
use crate::report::figures::{counted, grouped, hours, percent};
use crate::report::personalised::{PlaylistFigures, Totals, WorkFigures};

pub(super) fn playlists(playlists: &[PlaylistFigures]) -> Markup {
    html! {
        h2 { "Playlists" }
        @if playlists.is_empty() {
            p.quiet { "There are none." }
        } @else {
            div.card { (seconds(playlists).draw()) }
            div.pair {
                div.card { (counts(playlists, "streams", "Streams of each playlist", |figures| figures.streams).draw()) }
                div.card { (counts(playlists, "listeners", "Listeners of each playlist", |figures| figures.listeners).draw()) }
            }
            div.card { (shares(playlists).draw()) }
            div.card { (playlist_table(playlists)) }
        }
    }
}

fn seconds(playlists: &[PlaylistFigures]) -> BarChart<'_> {
    let bar = |figures: &PlaylistFigures| {
        let seconds = figures.seconds_streamed;
        let shown = format!("{} s · {}", grouped(seconds), hours(seconds));
        (seconds, shown)
    };
    chart(
        playlists,
        "seconds",
        "Seconds streamed of each playlist",
        Unit::Seconds,
        bar,
    )
}

fn counts<'r>(
    playlists: &'r [PlaylistFigures],
    id: &'static str,
    title: &'static str,
    count: impl Fn(&PlaylistFigures) -> i64,
) -> BarChart<'r> {
    let bar = |figures: &PlaylistFigures| (count(figures), grouped(count(figures)));
    chart(playlists, id, title, Unit::Count, bar)
}

fn shares(playlists: &[PlaylistFigures]) -> BarChart<'_> {
    let bar = |figures: &PlaylistFigures| {
        let (part, whole) = (figures.recommendations_heard, figures.recommendations);
        let Percent(share) = Percent::of(part, 0, whole);
        (share, percent(part, whole))
    };
    let title = "Share of recommendations that were ever heard";
    chart(playlists, "heard", title, Unit::Share, bar)
}

fn chart<'r>(
    playlists: &'r [PlaylistFigures],
    id: &'static str,
    title: &'static str,
    unit: Unit,
    bar: impl Fn(&PlaylistFigures) -> (i64, String),
) -> BarChart<'r> {
    let bar = |figures: &'r PlaylistFigures| {
        let (value, shown) = bar(figures);
        Bar {
            name: &figures.playlist_name,
            value,
            shown,
        }
    };
    BarChart {
        id,
        title,
        bars: playlists.iter().map(bar).collect(),
        unit,
    }
}

fn playlist_table(playlists: &[PlaylistFigures]) -> Markup {
    html! {
        (scrolled("Figures of each playlist", html! {
            table #playlists {
                caption { "The same in figures" }
                thead { tr {
                    th scope="col" { "Playlist" }
                    @for name in ["Seconds", "Hours", "Streams", "Listeners", "Users", "Recommended", "Heard", "Share"] {
                        th.number scope="col" { (name) }
                    }
                } }
                tbody { @for figures in playlists { tr {
                    th scope="row" { (isolated(&figures.playlist_name)) }
                    td.number { (grouped(figures.seconds_streamed)) }
                    td.number { (hours(figures.seconds_streamed)) }
                    td.number { (grouped(figures.streams)) }
                    td.number { (grouped(figures.listeners)) }
                    td.number { (grouped(figures.users)) }
                    td.number { (grouped(figures.recommendations)) }
                    td.number { (grouped(figures.recommendations_heard)) }
                    td.number { (percent(figures.recommendations_heard, figures.recommendations)) }
                } } }
            }
        }))
    }
}

pub(super) fn works(works: &[WorkFigures], totals: &Totals) -> Markup {
    let most = works.iter().map(|work| work.seconds_streamed).max();
    let most = most.unwrap_or(0);
    html! {
        @if !works.is_empty() {
            h2 { "Top works" }
            div.card { (scrolled("Top works", html! {
                table #works {
                    caption { "The works that were streamed longest" }
                    thead { tr {
                        th scope="col" { "Work" }
                        th scope="col" { "Composer" }
                        th.number scope="col" { "Seconds" }
                        th.number scope="col" { "Hours" }
                        th.number scope="col" { "Streams" }
                        th.number scope="col" { "Listeners" }
                    } }
                    tbody { @for work in works { tr {
                        th scope="row" {
                            (isolated(&work.work))
                            svg.under width="100%" height="4" aria-hidden="true" {
                                rect.bar width=(Percent::of(work.seconds_streamed, 0, most)) height="4" rx="1" {}
                            }
                        }
                        td { (isolated(work.composer.as_deref().unwrap_or(""))) }
                        td.number { (grouped(work.seconds_streamed)) }
                        td.number { (hours(work.seconds_streamed)) }
                        td.number { (grouped(work.streams)) }
                        td.number { (grouped(work.listeners)) }
                    } } }
                }
            })) }
        }
        @if totals.seconds_of_unknown_works > 0 {
            p.quiet {
                (counted(totals.seconds_of_unknown_works, "second"))
                " (" (hours(totals.seconds_of_unknown_works)) ") are of tracks whose work is not known."
            }
        }
    }
}
