//! `mixtape apply`, as it is typed.

mod parts;
mod store;

use std::num::{NonZeroU64, NonZeroUsize};
use std::path::{Path, PathBuf};

use bytesize::ByteSize;
use clap::{Args, ValueEnum};

use mixtape::Threads;
use mixtape::apply::{ApplyOptions, References};
use mixtape::changes::ChangesFormat;
use mixtape::io::{Memory, Progress};
use mixtape::json::MAX_DEPTH;
use mixtape::rejects::{OnReject, RejectLimit};
use mixtape::shard::Bounds;
use mixtape::store::{BATCH, Known, StoreApplyOptions};

use super::number::{depth, number};
use super::size::Size;
use super::streams::{CompressArgument, InputArguments};
use super::threads::threads_or_cores;
use parts::PartsArguments;
use store::StoreArguments;

/// Apply a stream of changes to a mixtape
#[derive(Debug, Args)]
#[command(
    override_usage = "mixtape apply [OPTIONS] <MIXTAPE> <CHANGES> [OUTPUT]\n       \
                      mixtape apply [OPTIONS] --db <URL> <CHANGES>",
    after_help = "CHANGES is an array, NDJSON or grouped. Inputs may be compressed (gzip, zstd).\n\
                  OUTPUT is complete or untouched; it may be MIXTAPE itself.\n\
                  With --db: --batch <N>, --new-source, --source-position <P>,\n\
                  --position-member <NAME>, and --follow for a CHANGES without an end.\n\
                  Example: mixtape apply mixtape.json changes.json.gz new.json --rejects r.ndjson"
)]
pub struct ApplyArguments {
    /// Object of users, songs and playlists; - is standard input
    // With --db there is no MIXTAPE, so it is CHANGES that stands here.
    #[arg(value_name = "MIXTAPE")]
    first: PathBuf,
    /// Operations to apply, in order; - is standard input
    #[arg(
        value_name = "CHANGES",
        required_unless_present_any = ["db", "emit_parts", "shard"]
    )]
    second: Option<PathBuf>,
    /// Where the result goes; - is standard output
    #[arg(required_unless_present_any = ["dry_run", "db", "emit_parts", "shard"])]
    output: Option<PathBuf>,
    #[command(flatten)]
    pub store: StoreArguments,
    #[command(flatten)]
    pub parts: PartsArguments,
    /// Layout of CHANGES [default: as it begins]
    #[arg(long, value_name = "FORMAT", hide_possible_values = true)]
    changes_format: Option<FormatArgument>,
    /// Collect what cannot be applied, as CHANGES
    #[arg(long, value_name = "FILE", alias = "dead-letters")]
    pub rejects: Option<PathBuf>,
    /// Stop when more is rejected: 100, or 1%
    #[arg(
        long,
        value_name = "N|P%",
        allow_negative_numbers = true,
        conflicts_with = "strict"
    )]
    max_rejects: Option<RejectLimit>,
    /// Stop at the first operation that is rejected
    #[arg(long)]
    strict: bool,
    /// Do everything but write OUTPUT
    #[arg(long, conflicts_with = "db")]
    dry_run: bool,
    /// Count MIXTAPE's references to nothing
    #[arg(long, conflicts_with = "db")]
    check_references: bool,
    /// Write the summary as JSON
    #[arg(long, value_name = "FILE")]
    pub summary: Option<PathBuf>,
    /// gzip, zstd or none [default: as .gz, .zst]
    #[arg(
        long,
        value_name = "HOW",
        hide_possible_values = true,
        conflicts_with = "db"
    )]
    pub compress: Option<CompressArgument>,
    /// Most memory; what is beyond lies in TMPDIR
    #[arg(long, value_name = "SIZE", allow_negative_numbers = true, value_parser = memory, conflicts_with = "db")]
    pub max_memory: Option<Size>,
    /// Threads [default: as many as there are cores]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = number::<NonZeroUsize>, conflicts_with = "db")]
    threads: Option<NonZeroUsize>,
    /// Most bytes of one operation
    #[arg(long, value_name = "SIZE", allow_negative_numbers = true, default_value_t = Size::of(ApplyOptions::default().max_operation))]
    max_operation: Size,
    /// Most bytes of an id in MIXTAPE
    // A store has its ids already.
    #[arg(long, value_name = "SIZE", allow_negative_numbers = true, default_value_t = Size::of(ApplyOptions::default().max_id))]
    max_id: Size,
    /// Most nested arrays and objects
    #[arg(long, value_name = "N", value_parser = depth, allow_negative_numbers = true, default_value_t = MAX_DEPTH)]
    max_depth: u32,
    #[command(flatten)]
    pub input: InputArguments,
}

/// What a run takes beside its index and the appended songs: the program, its windows, and what waits to be written.
const BESIDE: usize = 6 << 20;

/// The least that `--max-memory` can be.
const LEAST: Size = Size::of(8 << 20);

fn memory(text: &str) -> Result<Size, String> {
    let size: Size = text.parse()?;
    if size < LEAST {
        return Err(format!("at least {}", ByteSize(LEAST.as_u64())));
    }
    Ok(size)
}

/// A layout of CHANGES, as the command line names it.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum FormatArgument {
    Array,
    Ndjson,
    Grouped,
}

impl ApplyArguments {
    /// Where the index lies.
    pub fn memory(&self) -> Memory {
        self.max_memory.map_or(Memory::UNLIMITED, |most| {
            Memory::limited(most.bytes().saturating_sub(BESIDE))
        })
    }

    /// The one input of a run over a mixtape in parts.
    pub fn only_input(&self) -> &Path {
        &self.first
    }

    /// The bounds of such a run.
    pub fn bounds(&self) -> Bounds {
        Bounds {
            max_operation: self.max_operation.bytes(),
            max_id: self.max_id.bytes(),
            max_depth: self.max_depth,
            on_reject: self.on_reject(),
            max_rejects: self.max_rejects,
        }
    }

    fn on_reject(&self) -> OnReject {
        if self.strict {
            OnReject::Stop
        } else {
            OnReject::GoOn
        }
    }

    /// The mixtape; none where a database holds it.
    pub fn mixtape(&self) -> Option<&Path> {
        self.second.as_ref().map(|_| self.first.as_path())
    }

    /// The changes.
    pub fn changes(&self) -> &Path {
        self.second.as_deref().unwrap_or(&self.first)
    }

    /// Where OUTPUT is written, if it is.
    pub fn output(&self) -> Option<&Path> {
        self.output.as_deref().filter(|_| !self.dry_run)
    }

    /// Refuses what makes sense only where a database holds the mixtape, or only where none does.
    // Clap would take CHANGES for what is too many with --db.
    pub fn check(&self) -> mixtape::Result<()> {
        if self.store.db.is_some() && self.second.is_some() {
            return Err(mixtape::Error::usage(
                "with --db there is no MIXTAPE and no OUTPUT, the database holds the mixtape: mixtape apply --db URL CHANGES",
            ));
        }
        self.store.check()
    }

    /// The library's options, where a database holds the mixtape.
    pub fn store_options(&self, progress: &Progress) -> StoreApplyOptions {
        let options = self.options(None, progress);
        StoreApplyOptions {
            changes_format: options.changes_format,
            on_reject: options.on_reject,
            max_operation: options.max_operation,
            max_depth: options.max_depth,
            max_rejects: options.max_rejects,
            batch: self.store.batch.map_or(BATCH, NonZeroU64::get),
            known: if self.store.new_source {
                Known::Never
            } else {
                Known::Perhaps
            },
            source_position: self.store.source_position.clone(),
            position_member: self.store.position_member.clone(),
            progress: progress.clone(),
        }
    }

    /// The library's options.
    pub fn options(&self, changes_length: Option<u64>, progress: &Progress) -> ApplyOptions {
        ApplyOptions {
            changes_format: self.changes_format.map(|format| match format {
                FormatArgument::Array => ChangesFormat::Array,
                FormatArgument::Ndjson => ChangesFormat::Ndjson,
                FormatArgument::Grouped => ChangesFormat::Grouped,
            }),
            on_reject: self.on_reject(),
            references: if self.check_references {
                References::Count
            } else {
                References::Leave
            },
            max_operation: self.max_operation.bytes(),
            max_id: self.max_id.bytes(),
            max_depth: self.max_depth,
            max_rejects: self.max_rejects,
            threads: Threads::new(threads_or_cores(self.threads)),
            memory: self.memory(),
            progress: progress.clone(),
            changes_length,
        }
    }
}
