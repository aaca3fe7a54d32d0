//! What `data-gen tracks`, `media-items` and `artists` takes.

use clap::Args;
use data_gen::CatalogueOptions;

/// How large the catalogue is; the same for the three files that belong together
#[derive(Args)]
#[command(after_help = "\
Example, three files that fit together:
  data-gen tracks --tracks 10000 > tracks.csv
  data-gen media-items --tracks 10000 --media-items 1000 > media_item_metadata_log.csv
  data-gen artists --tracks 10000 > artists.csv")]
pub(crate) struct CatalogueArguments {
    /// How many rows the track table has
    #[arg(long, value_name = "N")]
    tracks: u64,
    /// How many media items there are
    #[arg(long, value_name = "M", default_value_t = 0)]
    media_items: u64,
    /// Where the random numbers start
    #[arg(long, value_name = "SEED", default_value_t = 1)]
    seed: u64,
}

impl CatalogueArguments {
    pub(crate) fn options(&self) -> CatalogueOptions {
        let &Self {
            tracks,
            media_items,
            seed,
        } = self;
        CatalogueOptions {
            tracks,
            media_items,
            seed,
        }
    }
}
