//! What is said of inputs and outputs before anything is opened: no file is both, and none serves two.

use std::path::Path;

use mixtape::database::DatabaseUrl;
use mixtape::io::{Identity, STANDARD_STREAM};
use mixtape::{Error, Result};

/// An input, by the name that messages give it.
pub type Input<'p> = (&'p str, &'p Path);

/// An output, by the name that messages give it, where it is asked for.
pub type Output<'p> = (&'p str, Option<&'p Path>);

/// Whether a path stands for standard input or output.
pub fn is_stream(path: &Path) -> bool {
    path.as_os_str() == STANDARD_STREAM
}

/// Refuses inputs of which more than one is standard input, with a message that names them.
pub fn refuse_one_stream_twice<'p>(
    inputs: impl IntoIterator<Item = &'p Path>,
    message: &str,
) -> Result<()> {
    match inputs.into_iter().filter(|path| is_stream(path)).count() {
        0 | 1 => Ok(()),
        _ => Err(Error::usage(message)),
    }
}

/// Refuses to write over what is read, or one thing over another.
pub fn refuse_to_overwrite(inputs: &[Input<'_>], outputs: &[Output<'_>]) -> Result<()> {
    refuse_to_overwrite_inputs(inputs, outputs)?;
    refuse_one_output_twice(outputs)
}

/// Refuses to print into what is read.
pub fn refuse_to_print_over(inputs: &[Input<'_>]) -> Result<()> {
    refuse_to_overwrite_inputs(inputs, &[printed()])
}

/// What is printed, as an output.
pub fn printed() -> Output<'static> {
    ("standard output", Some(Path::new(STANDARD_STREAM)))
}

/// Refuses outputs that would overwrite an input.
pub fn refuse_to_overwrite_inputs(inputs: &[Input<'_>], outputs: &[Output<'_>]) -> Result<()> {
    for (input_name, input) in inputs {
        let Some(identity) = Identity::of_input(input) else {
            continue;
        };
        for (name, output) in outputs {
            if output.and_then(Identity::of_output).as_ref() == Some(&identity) {
                let path = input.display();
                return Err(Error::usage(format!(
                    "{name} is {input_name} ({path}); it would be overwritten"
                )));
            }
        }
    }
    Ok(())
}

/// Refuses two outputs that are one file, or standard output.
pub fn refuse_one_output_twice(outputs: &[Output<'_>]) -> Result<()> {
    for (number, (name, output)) in outputs.iter().enumerate() {
        let Some(output) = output else { continue };
        let identity = Identity::of_output(output);
        let is_same = |other: &Path| {
            is_stream(other) && is_stream(output)
                || identity.is_some() && Identity::of_output(other) == identity
        };
        let mut earlier = outputs[..number].iter();
        if let Some((other, _)) = earlier.find(|(_, other)| other.is_some_and(is_same)) {
            let path = output.display();
            return Err(Error::usage(format!(
                "{name} and {other} are the same ({path})"
            )));
        }
    }
    Ok(())
}

/// A database that is read, as an input, if it is a file.
pub fn read_from(database: &DatabaseUrl) -> Option<Input<'_>> {
    Some(("the database", file_of(database)?))
}

/// The file that a database is, if it is one.
pub fn file_of(database: &DatabaseUrl) -> Option<&Path> {
    match database {
        DatabaseUrl::Sqlite(path) => Some(path),
        DatabaseUrl::Postgres(_) => None,
    }
}
