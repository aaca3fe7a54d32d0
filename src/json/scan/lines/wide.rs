//! What the passes need of 64 bytes at once.

/// Bit masks of 64 bytes, the lowest bit for the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Classes {
    /// What numbers, `true`, `false` and `null` are made of.
    pub(super) scalar: u64,
    /// Brackets, colons, commas and line feeds.
    pub(super) structural: u64,
    pub(super) quote: u64,
    pub(super) backslash: u64,
    pub(super) control: u64,
    /// What may stand outside of strings.
    pub(super) outside: u64,
    /// Beyond ASCII.
    pub(super) high: u64,
}

/// 64 bytes.
pub(super) trait Wide: Copy {
    fn load(bytes: &[u8; 64]) -> Self;
    fn splat(byte: u8) -> Self;
    fn equal(self, byte: u8) -> u64;
    fn below(self, byte: u8) -> u64;
    fn classes(self) -> Classes;
    /// In lower case, as far as it is letters and digits.
    fn lower(self) -> Self;
    /// With `byte` where the mask says so.
    fn replaced(self, mask: u64, byte: u8) -> Self;
    /// The bytes that the mask names, next to each other; what is written behind them does not count.
    fn compress(self, mask: u64, to: &mut [u8; 64]);
    /// Whether UTF-8 goes wrong here, the 64 bytes before being `previous`.
    fn is_bad_utf8(self, previous: Self) -> bool;
    /// The bits that the mask names, next to each other.
    fn extract(bits: u64, mask: u64) -> u64;
    /// Each bit the parity of those up to it.
    fn parity(bits: u64) -> u64;
    /// How deeply each of 64 tokens is nested, a bracket as deeply as what it encloses, where `depth` of them are open before.
    type Levels: Copy;
    fn levels(open: u64, close: u64, depth: u8) -> Self::Levels;
    fn at_level(levels: Self::Levels, level: u32) -> u64;
    fn above_level(levels: Self::Levels, level: u32) -> u64;
}
