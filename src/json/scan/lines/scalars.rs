//! The third pass: how numbers and literals are spelled, [`STEP`] bytes at once.

use super::wide::Wide;

/// Bytes that are checked at once; the eight in front of them are looked at as well.
pub(super) const STEP: usize = 56;

/// The bytes that are checked.
const CHECKED: u64 = !0xFF;

/// What stands in front of the first byte, and behind the last.
pub(super) const PADDING: u8 = b' ';

/// What a group of bytes needs to know of those before it.
#[derive(Default)]
pub(super) struct Scalars {
    /// 1 where digits in front of a point may stand at the group's start.
    integer: u64,
    /// 1 where digits behind a point may stand there.
    fraction: u64,
    /// 1 where a number or literal goes on there.
    inside: u64,
    wrong: u64,
}

impl Scalars {
    pub(super) fn new() -> Self {
        Scalars::default()
    }

    pub(super) fn are_right(&self) -> bool {
        self.wrong == 0
    }

    /// `group` holds numbers and literals, each with the byte behind it.
    #[inline(always)]
    pub(super) fn check<W: Wide>(&mut self, group: &[u8; 64]) {
        let bytes = W::load(group);
        let digit = bytes.below(b':') & !bytes.below(b'0');
        let zero = bytes.equal(b'0');
        let minus = bytes.equal(b'-');
        let plus = bytes.equal(b'+');
        let point = bytes.equal(b'.');
        let small_e = bytes.equal(b'e');
        let e = small_e | bytes.equal(b'E');
        let t = bytes.equal(b't');
        let r = bytes.equal(b'r');
        let u = bytes.equal(b'u');
        let f = bytes.equal(b'f');
        let a = bytes.equal(b'a');
        let l = bytes.equal(b'l');
        let s = bytes.equal(b's');
        let n = bytes.equal(b'n');
        let inside = digit | minus | plus | point | e | t | r | u | f | a | l | s | n;
        let start = inside & !(inside << 1 | self.inside);

        // Each letter of a literal stands at its place, and nowhere else.
        let literal_e = t << 3 | f << 4;
        let mut wrong = (t | f | n) & !start;
        wrong |= r ^ t << 1 | u ^ (t << 2 | n << 1);
        wrong |= a ^ f << 1 | l ^ (f << 2 | n << 2 | n << 3) | s ^ f << 3;
        wrong |= literal_e & !small_e | (t << 4 | f << 5 | n << 4) & inside;

        let leading_minus = start & minus;
        let first = start & digit | leading_minus << 1;
        let (integer, integer_end) = run(first, digit, self.integer);
        let (fraction, fraction_end) = run(point << 1, digit, self.fraction);
        let exponent = e & !literal_e;
        let sign = exponent << 1 & (minus | plus);
        wrong |= (first | point << 1 | sign << 1) & !digit;
        wrong |= (first & zero) << 1 & digit;
        wrong |= point & !integer_end;
        wrong |= exponent & !(integer_end | fraction_end);
        wrong |= exponent << 1 & !(digit | sign);
        wrong |= (minus | plus) & !(leading_minus | sign);
        self.wrong |= wrong & CHECKED;
        self.integer = (integer | leading_minus) >> (STEP - 1) & 1;
        self.fraction = (fraction | point) >> (STEP - 1) & 1;
        self.inside = inside >> (STEP - 1) & 1;
    }
}

/// The runs of digits that start at `first`, and the places behind them; the lowest one may go on from before.
#[inline(always)]
fn run(first: u64, digit: u64, goes_on: u64) -> (u64, u64) {
    // What is added at the start of a run is carried through it.
    let sum = digit.wrapping_add(first & digit | goes_on);
    (digit & !sum, sum & !digit)
}
