//! `mixtape`: parses, runs, and maps the outcome to an exit code.

mod cli;
mod commands;
mod diagnostic;
mod outcome;
mod progress;
mod signals;
mod terminal;

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use clap::Parser;
use clap::error::{ContextKind, ContextValue, ErrorKind as ClapErrorKind};

use mixtape::json::visible;
use mixtape::{Error, ErrorKind};

fn main() -> ExitCode {
    let cli = match cli::Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage(&without_bad_advice(error)),
    };
    signals::watch();
    match commands::run(&cli) {
        Ok(outcome) => outcome.into(),
        Err(error) => fail(&error, cli.common.error_format),
    }
}

/// For each unknown flag the parser proposes to pass it as a file's name. That is right where there is such a file.
fn without_bad_advice(mut error: clap::Error) -> clap::Error {
    if let Some(ContextValue::String(flag)) = error.get(ContextKind::InvalidArg)
        && !Path::new(flag).exists()
    {
        error.remove(ContextKind::Suggested);
    }
    error
}

/// What the command line asks for instead of a run, or what is wrong with it.
fn usage(error: &clap::Error) -> ExitCode {
    let asked_for = matches!(
        error.kind(),
        ClapErrorKind::DisplayHelp | ClapErrorKind::DisplayVersion
    );
    if !asked_for && diagnostic::json_is_asked_for() {
        let text = error.to_string();
        let message = text.strip_prefix("error: ").unwrap_or(&text).trim_end();
        diagnostic::print(&Error::usage(message), cli::ErrorFormat::Json);
        return ExitCode::from(ErrorKind::Usage.exit_code());
    }
    if !asked_for {
        // It quotes what was typed, or what a glob made of a folder of strange names.
        for line in error.to_string().lines() {
            // A standard error that is closed is nobody to complain to.
            let _ = writeln!(io::stderr(), "{}", visible(line));
        }
        return ExitCode::from(ErrorKind::Usage.exit_code());
    }
    match error.print() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(
            &Error::write("<stdout>", error).into(),
            cli::ErrorFormat::Text,
        ),
    }
}

fn fail(error: &anyhow::Error, format: cli::ErrorFormat) -> ExitCode {
    let Some(own) = error.downcast_ref::<Error>() else {
        diagnostic::print(&Error::usage(format!("{error:#}")), format);
        return ExitCode::from(ErrorKind::Io.exit_code());
    };
    if own.is_broken_pipe() {
        return ExitCode::SUCCESS;
    }
    diagnostic::print(own, format);
    ExitCode::from(own.kind().exit_code())
}
