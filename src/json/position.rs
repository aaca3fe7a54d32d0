//! Where in a text something stands, as people count it.

/// A place in an input: line and column as an editor shows them, and the byte offset.
///
/// ```
/// use mixtape::json::Position;
/// let mut position = Position::START;
/// position.advance("[\n  \"é\"".as_bytes());
/// assert_eq!((position.line, position.column, position.byte), (2, 6, 8));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Line, from 1. Lines end at LF; CRLF is one line end because CR is an ordinary character of the line.
    pub line: u64,
    /// Column in characters (Unicode scalar values), from 1.
    pub column: u64,
    /// Bytes in front of the place, from 0.
    pub byte: u64,
}

impl Position {
    /// The first byte of an input.
    pub const START: Position = Position {
        line: 1,
        column: 1,
        byte: 0,
    };

    /// Moves over `bytes`.
    ///
    /// Bytes that are not UTF-8 count as characters unless they look like continuation bytes.
    pub fn advance(&mut self, bytes: &[u8]) {
        self.byte += bytes.len() as u64;
        let last_line = match memchr::memrchr(b'\n', bytes) {
            Some(end) => {
                self.line += memchr::memchr_iter(b'\n', &bytes[..=end]).count() as u64;
                self.column = 1;
                &bytes[end + 1..]
            }
            None => bytes,
        };
        self.column += characters(last_line);
    }
}

/// Every byte but the continuation bytes of UTF-8 starts a character.
fn characters(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|&&byte| (byte as i8) >= -0x40).count() as u64
}
