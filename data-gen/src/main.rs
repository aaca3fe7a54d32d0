//! Writes generated test data to standard output.

mod arguments;

use arguments::{Arguments, Command, ListeningFile};
use clap::{CommandFactory, Parser, error::ErrorKind};
use data_gen::{Artists, Changes, ChangesOptions, Events, MediaItems, Mixtape};
use data_gen::{Recommendations, Scores, Tracks, Youtube};
use std::io::{self, BufRead, BufWriter, Write};
use std::process::ExitCode;

/// Large, so that few system calls are made; the generators' chunks are copied into it.
const BUFFER: usize = 256 * 1024;

fn main() -> ExitCode {
    let written = match Arguments::parse().command {
        Command::Scores(arguments) => write_all(Scores::new(arguments.options())),
        Command::Mixtape(arguments) => write_all(Mixtape::new(arguments.options())),
        Command::Tracks(arguments) => write_all(Tracks::new(arguments.options())),
        Command::MediaItems(arguments) => write_all(MediaItems::new(arguments.options())),
        Command::Artists(arguments) => write_all(Artists::new(arguments.options())),
        Command::Youtube(arguments) => write_all(Youtube::new(arguments.options())),
        Command::Listening(arguments) => match arguments.file {
            ListeningFile::Playlists => write_all(Recommendations::new(arguments.options())),
            ListeningFile::Events => write_all(Events::new(arguments.options())),
        },
        Command::Changes(arguments) => write_all(Changes::new(checked(arguments.options()))),
    };
    match written {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever reads has had enough, as `head` has: no reason to complain.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            // If this cannot be written either, the exit code still tells.
            let _ = writeln!(io::stderr(), "error: cannot write the output: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Ends the program with a usage error if the options contradict each other.
fn checked(options: ChangesOptions) -> ChangesOptions {
    if let Err(contradiction) = options.check() {
        let mut program = Arguments::command();
        program.build(); // or the usage line would lack the name of the program
        let command = program
            .find_subcommand_mut("changes")
            .expect("it was given");
        command
            .error(ErrorKind::ArgumentConflict, contradiction)
            .exit();
    }
    options
}

fn write_all(mut generator: impl BufRead) -> io::Result<()> {
    let mut output = BufWriter::with_capacity(BUFFER, io::stdout().lock());
    loop {
        let chunk = generator.fill_buf()?;
        if chunk.is_empty() {
            return output.flush();
        }
        output.write_all(chunk)?;
        let length = chunk.len();
        generator.consume(length);
    }
}
