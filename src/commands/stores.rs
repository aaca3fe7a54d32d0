//! The store that is read.

use mixtape::Result;
use mixtape::database::DatabaseUrl;
use mixtape::store::Store;

use crate::cli::WaitArguments;

/// Opens a store once it is as far as it is wanted.
pub fn open(url: &DatabaseUrl, wait: &WaitArguments) -> Result<Store> {
    let mut store = Store::open(url)?;
    if let Some(token) = &wait.at_least {
        store.wait_for(token, wait.patience())?;
    }
    Ok(store)
}
