//! A number of bytes, as it is typed and shown: `65536`, `512KiB`, `64MiB`.

use std::fmt;
use std::str::FromStr;

use bytesize::ByteSize;

use mixtape::io::WindowLimit;

/// A number of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Size(u64);

impl Size {
    /// So many bytes.
    pub const fn of(bytes: usize) -> Self {
        Size(bytes as u64)
    }

    /// The bytes, of a file or a window.
    pub fn as_u64(self) -> u64 {
        self.0
    }

    /// As many as memory can have; more of them mean no limit.
    pub fn bytes(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

impl From<WindowLimit> for Size {
    fn from(limit: WindowLimit) -> Self {
        Size(limit.bytes)
    }
}

impl FromStr for Size {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.parse::<ByteSize>() {
            Ok(ByteSize(0)) => Err("expected a number of bytes from 1 on"),
            Ok(size) => Ok(Size(size.as_u64())),
            Err(_) => Err("expected a number of bytes: 65536, 512KiB, 64MiB, 2GB"),
        }
    }
}

/// As one would type it: in the largest unit of which there is a whole number.
impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Size(bytes) = *self;
        let units = [(30, "GiB"), (20, "MiB"), (10, "KiB")];
        match units.into_iter().find(|(bits, _)| bytes % (1 << bits) == 0) {
            Some((bits, unit)) => write!(f, "{}{unit}", bytes >> bits),
            None => write!(f, "{bytes}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_can_be_typed() {
        for (text, bytes) in [
            ("65537", 65_537),
            ("512KiB", 512 << 10),
            ("64MiB", 64 << 20),
            ("1025MiB", 1025 << 20),
            ("2GiB", 2 << 30),
        ] {
            assert_eq!(text.parse(), Ok(Size(bytes)));
            assert_eq!(Size(bytes).to_string(), text);
        }
        assert_eq!("2GB".parse(), Ok(Size(2_000_000_000)));
        for wrong in ["many", "0", "0KiB", "-1"] {
            assert!(wrong.parse::<Size>().is_err(), "{wrong}");
        }
    }
}
