//! Which compression a stream has, told by its first bytes or by a name's ending.

use std::path::Path;

/// A way to compress a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compression {
    /// As `gzip` does (RFC 1952).
    Gzip,
    /// As `zstd` does (RFC 8878).
    Zstd,
}

/// Bytes that tell every compression.
pub(super) const MAGIC_LENGTH: usize = 4;

impl Compression {
    /// The name that people know it by.
    pub fn name(self) -> &'static str {
        match self {
            Compression::Gzip => "gzip",
            Compression::Zstd => "zstd",
        }
    }

    /// What the ending of a path asks for: `.gz`, `.zst` or `.zstd`.
    ///
    /// ```
    /// use mixtape::io::Compression;
    /// assert_eq!(Compression::of_path("a/b.json.gz".as_ref()), Some(Compression::Gzip));
    /// assert_eq!(Compression::of_path("a.gz/b.json".as_ref()), None);
    /// ```
    pub fn of_path(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_ascii_lowercase();
        match ending.to_str()? {
            "gz" => Some(Compression::Gzip),
            "zst" | "zstd" => Some(Compression::Zstd),
            _ => None,
        }
    }

    /// What the first bytes of a stream say. Neither can start a JSON text or a scored line.
    pub(super) fn of_magic(head: &[u8]) -> Option<Self> {
        match head {
            [0x1F, 0x8B, ..] => Some(Compression::Gzip),
            [0x28, 0xB5, 0x2F, 0xFD] => Some(Compression::Zstd),
            // A skippable frame, with which parallel compressors start.
            [0x50..=0x5F, 0x2A, 0x4D, 0x18] => Some(Compression::Zstd),
            _ => None,
        }
    }
}
