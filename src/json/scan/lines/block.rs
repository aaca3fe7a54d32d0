//! The first pass: 64 bytes of text to the tokens and scalars in them.

use super::gathered::Gathered;
use super::scalars;
use super::tokens::{self, NAME};
use super::wide::Wide;

/// What one block needs to know of those before it.
pub(super) struct Blocks<W> {
    previous: W,
    /// All ones inside of a string.
    in_string: u64,
    /// Whether the first byte is escaped.
    escaped: u64,
    opening: u64,
    i: u64,
    d: u64,
    scalar: u64,
    high: u64,
    /// The `u` of escapes.
    unicode: u64,
    /// Of the digits the zeros, the sixes and the ds.
    digits: [u64; 3],
    /// The second digits of high surrogates.
    pairs: u64,
    wrong: u64,
}

impl<W: Wide> Blocks<W> {
    #[inline(always)]
    pub(super) fn new() -> Self {
        Blocks {
            previous: W::splat(b'\n'),
            in_string: 0,
            escaped: 0,
            opening: 0,
            i: 0,
            d: 0,
            scalar: 0,
            high: 0,
            unicode: 0,
            digits: [0; 3],
            pairs: 0,
            wrong: 0,
        }
    }

    /// Whether all that was checked is right and ends outside of a string.
    #[inline(always)]
    pub(super) fn are_right(&self) -> bool {
        self.wrong | self.in_string | self.pairs >> 58 == 0
    }

    /// Returns where line feeds stand outside of strings.
    #[inline(always)]
    pub(super) fn check(
        &mut self,
        bytes: W,
        tokens: &mut Gathered<{ tokens::STEP }>,
        scalars: &mut Gathered<{ scalars::STEP }>,
    ) -> u64 {
        let classes = bytes.classes();
        let special = classes.quote | classes.backslash | classes.control | classes.high;
        if special | self.escaped | self.unicode >> 60 | self.pairs >> 58 | self.high >> 61 == 0
            && self.in_string != 0
        {
            // Nothing but plain text.
            self.opening = 0;
            self.scalar = 0;
            self.high = 0;
            self.unicode = 0;
            self.pairs = 0;
            return 0;
        }
        let mut quotes = classes.quote;
        if classes.backslash | self.escaped | self.unicode >> 60 | self.pairs >> 58 != 0 {
            quotes &= !self.escapes(bytes, classes.backslash);
        } else {
            self.unicode = 0;
            self.pairs = 0;
        }
        if classes.high | self.high >> 61 != 0 {
            self.wrong |= u64::from(bytes.is_bad_utf8(self.previous));
        }
        self.high = classes.high;
        self.previous = bytes;
        // From the opening quote up to the byte in front of the closing one.
        let strings = W::parity(quotes) ^ self.in_string;
        self.in_string = ((strings as i64) >> 63) as u64;
        let opening = quotes & strings;
        let closing = quotes & !strings;
        self.wrong |= classes.control & strings | !classes.outside & !strings;
        let (i, d) = (bytes.equal(b'i'), bytes.equal(b'd'));
        let name = closing
            & behind::<1>(d, self.d)
            & behind::<2>(i, self.i)
            & behind::<3>(opening, self.opening);
        self.i = i;
        self.d = d;
        self.opening = opening;
        let scalar = classes.scalar & !strings;
        let with_end = scalar | behind::<1>(scalar, self.scalar);
        let starts = scalar & !behind::<1>(scalar, self.scalar);
        self.scalar = scalar;
        let structural = classes.structural & !strings;
        tokens.push(bytes.replaced(name, NAME), structural | closing | starts);
        scalars.push(bytes, with_end);
        structural & bytes.equal(b'\n')
    }

    /// Checks escape sequences; returns the escaped bytes, the `u` and what follows the backslash else.
    #[inline(always)]
    fn escapes(&mut self, bytes: W, backslash: u64) -> u64 {
        const ODD: u64 = 0xAAAA_AAAA_AAAA_AAAA;
        // Of a run of backslashes every other one escapes, from the first one that is not itself escaped.
        let starting = backslash & !self.escaped;
        let after = starting << 1 | ODD;
        let both = after.wrapping_sub(starting) ^ ODD;
        let escaped = both ^ (backslash | self.escaped);
        self.escaped = (both & backslash) >> 63;

        let u = bytes.equal(b'u');
        let known = bytes.equal(b'"')
            | backslash
            | bytes.equal(b'/')
            | bytes.equal(b'b')
            | bytes.equal(b'f')
            | bytes.equal(b'n')
            | bytes.equal(b'r')
            | bytes.equal(b't')
            | u;
        self.wrong |= escaped & !known;

        let unicode = escaped & u;
        let digits = [
            behind::<1>(unicode, self.unicode),
            behind::<2>(unicode, self.unicode),
            behind::<3>(unicode, self.unicode),
            behind::<4>(unicode, self.unicode),
        ];
        self.unicode = unicode;
        let lower = bytes.lower();
        // Nothing but a digit is below `:` and not below `0`, in lower case too.
        let decimal = bytes.below(b':') & !bytes.below(b'0');
        let not_letter = lower.below(b'a');
        let hex = decimal | lower.below(b'g') & !not_letter;
        self.wrong |= (digits[0] | digits[1] | digits[2] | digits[3]) & !hex;
        // `\u0069` and `\u0064` are an i and a d: not the name as it is looked for, and still the name.
        let zero = bytes.equal(b'0');
        let six = bytes.equal(b'6');
        let zeros = behind::<2>(zero, self.digits[0]) & behind::<3>(zero, self.digits[0]);
        let i_or_d = bytes.equal(b'9') | bytes.equal(b'4');
        self.wrong |= digits[3] & zeros & behind::<1>(six, self.digits[1]) & i_or_d;
        let d = lower.equal(b'd');
        let second = digits[1] & behind::<1>(d, self.digits[2]);
        self.digits = [zero, six, d];
        let first_of_pair = second & lower.below(b'c') & !lower.below(b'8');
        let last_of_pair = second & !lower.below(b'c');
        self.wrong |= behind::<6>(first_of_pair, self.pairs) ^ last_of_pair;
        self.pairs = first_of_pair;
        escaped
    }
}

/// The bits `N` places further up, those of the word before coming in below.
#[inline(always)]
fn behind<const N: u32>(bits: u64, before: u64) -> u64 {
    bits << N | before >> (64 - N)
}
