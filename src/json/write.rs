//! What writing JSON needs when most of it is copied: a string escaped, a value put on one line.

use std::io::{self, Write};

/// Writes `text` as a JSON string, with the escapes that JSON demands and no others.
///
/// # Errors
/// What `output` returns.
///
/// ```
/// let mut output = Vec::new();
/// mixtape::json::write_string(&mut output, "a \"b\"\n")?;
/// assert_eq!(output, br#""a \"b\"\n""#);
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn write_string(output: &mut impl Write, text: &str) -> io::Result<()> {
    serde_json::to_writer(output, text).map_err(io::Error::from)
}

/// Writes a valid JSON value token for token as it stands, line breaks between tokens made blanks.
///
/// # Errors
/// What `output` returns.
pub fn write_on_one_line(output: &mut impl Write, value: &[u8]) -> io::Result<()> {
    // Inside of strings JSON has no raw line breaks, so each one found stands between tokens.
    let mut rest = value;
    while let Some(end) = memchr::memchr2(b'\n', b'\r', rest) {
        output.write_all(&rest[..end])?;
        output.write_all(b" ")?;
        rest = &rest[end + 1..];
    }
    output.write_all(rest)
}
