//! Which paths are the same file.

use std::path::Path;

use mixtape::Error;
use mixtape::io::{Identity, STANDARD_STREAM};

/// Refuses to overwrite what is read or written already.
pub fn refuse_to_overwrite(taken: &[&Path], output: Option<&Path>) -> Result<(), Error> {
    let Some(output) = output else { return Ok(()) };
    let identity = Identity::of_output(output);
    let is_output = |path: &&&Path| {
        let is_stream = path.as_os_str() == STANDARD_STREAM;
        let other = if is_stream {
            None
        } else {
            Identity::of_output(path)
        };
        identity.is_some() && other == identity
    };
    match taken.iter().find(is_output) {
        None => Ok(()),
        Some(path) => Err(Error::usage(format!(
            "{} is also {}; it would be overwritten",
            output.display(),
            path.display()
        ))),
    }
}
