//! What `data-gen scores` takes.

use clap::Args;
use data_gen::{Rate, ScoresOptions};

/// Lines of a score and a JSON record
#[derive(Args)]
#[command(after_help = "\
Each line is `<score>: <record>`, the score an integer below 2^53 and the record
a JSON object with an \"id\"; a line has about 350 bytes, or about 160 with --dense.

Example:
  data-gen scores --records 1000000 --invalid 0.01 | head")]
pub(crate) struct ScoresArguments {
    /// How many lines
    #[arg(long, value_name = "N")]
    records: u64,
    /// The share of lines that are invalid in varied ways, such as 0.01
    #[arg(long, value_name = "RATE", default_value = "0")]
    invalid: Rate,
    /// Short records of all kinds of JSON values instead of text
    #[arg(long)]
    dense: bool,
    /// Where the random numbers start
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
}

impl ScoresArguments {
    pub(crate) fn options(&self) -> ScoresOptions {
        let &Self {
            records,
            invalid,
            dense,
            seed,
        } = self;
        ScoresOptions {
            records,
            invalid,
            dense,
            seed,
        }
    }
}
