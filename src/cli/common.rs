//! What every subcommand understands.

use clap::{ArgAction, Args, ValueEnum};

/// What every subcommand understands.
#[derive(Debug, Args)]
pub struct CommonArguments {
    /// Show how far it is: auto, never, always
    #[arg(
        long,
        global = true,
        display_order = 100,
        value_name = "WHEN",
        default_value = "auto",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub progress: When,
    /// Errors as text, or as json for programs
    #[arg(
        long,
        global = true,
        display_order = 101,
        value_name = "FORMAT",
        default_value = "text",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub error_format: ErrorFormat,
    /// No summary and no progress on standard error
    #[arg(long, short, global = true, display_order = 102)]
    pub quiet: bool,
    /// Print help
    // One help, short enough for a screen, for both spellings.
    #[arg(long, short, global = true, display_order = 103, action = ArgAction::HelpShort)]
    help: Option<bool>,
}

impl CommonArguments {
    /// Whether to say on standard error what a run does and has done: not where somebody wants it quiet, nor where a program
    /// reads it, for which there is `--summary`.
    pub fn is_told(&self) -> bool {
        !self.quiet && self.error_format == ErrorFormat::Text
    }
}

/// When something is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum When {
    Auto,
    Never,
    Always,
}

/// How errors are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ErrorFormat {
    Text,
    Json,
}
