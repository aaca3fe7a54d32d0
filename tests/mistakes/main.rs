//! Mistakes made on purpose, as a newcomer makes them, and all that is then said: each message has to tell where, what, and
//! what to do next. They stand in the transcripts beside this file, one for each subcommand.
//!
//! `MIXTAPE_TEST_BLESS=1 cargo test --test mistakes` writes them anew; read what has changed before it is kept.
#![cfg(target_os = "linux")] // what the system says, and /dev/full

mod scene;
#[path = "../support/mod.rs"]
mod support;
mod transcript;

use scene::Scene;
use support::database::TestDatabase;
use support::postgres::Server;
use transcript::check;

macro_rules! transcripts {
    ($($test:ident: $file:literal;)*) => {$(
        #[test]
        fn $test() {
            check($file, &Scene::new());
        }
    )*};
}

transcripts! {
    what_is_said_of_mistyped_arguments_is_in_the_transcript: "command_line.txt";
    what_apply_says_of_mistakes_is_in_the_transcript: "apply.txt";
    what_top_says_of_mistakes_is_in_the_transcript: "top.txt";
    what_a_store_says_of_mistakes_is_in_the_transcript: "store.txt";
    what_ingest_says_of_mistakes_is_in_the_transcript: "ingest.txt";
    what_isrc_says_of_mistakes_is_in_the_transcript: "isrc.txt";
    what_consolidate_says_of_mistakes_is_in_the_transcript: "consolidate.txt";
    what_works_and_report_say_of_mistakes_is_in_the_transcript: "report.txt";
}

/// A private server: it wants a password, and its messages are in English.
#[test]
fn what_is_said_of_a_mistyped_server_or_password_is_in_the_transcript() {
    let Some(server) = Server::private() else {
        return;
    };
    let database = TestDatabase::postgres(&server);
    check("postgres.txt", &Scene::new().with_server(&database.url));
}
