//! `mixtape apply`, rule by rule: each through every route that can say it.

mod changes_errors;
mod changes_layouts;
mod command_line;
mod errors_as_json;
mod files;
mod found;
mod ids;
mod ids_generated;
mod limits;
mod members;
mod mixtape_cut;
mod mixtape_errors;
mod mixtape_layouts;
mod options;
mod output_kinds;
mod paths;
mod pictures;
mod places;
mod places_grouped;
mod reject_file;
mod rejects_shown;
mod replay;
mod routes;
mod rows;
mod rows_add;
mod rules;
mod run;
mod splice_playlists;
mod splice_songs;
mod summary;
#[path = "../support/mod.rs"]
mod support;
mod threads;
mod threads_cut;
