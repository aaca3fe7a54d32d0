//! The second pass: which token may follow which, [`STEP`] of them at once.

use super::wide::Wide;

/// The mark of a string token that is the member's name.
pub(super) const NAME: u8 = b'i';

/// Tokens that are checked at once; the four in front of them and the four behind are looked at as well.
pub(super) const STEP: usize = 56;

/// The tokens that are checked.
const CHECKED: u64 = 0x0FFF_FFFF_FFFF_FFF0;

/// Levels that are looked at without asking whether anything is nested so deeply.
const USUAL_DEPTH: u32 = 4;

/// Nesting as deep as this is left to others: there is a bit for each level, and a group has room for 64 more.
const MOST_DEPTH: u32 = 60;

/// What stands in front of the first token, and behind the last: line feeds, which may follow each other.
pub(super) const PADDING: u8 = b'\n';

/// What a group of tokens needs to know of those before it.
pub(super) struct Tokens {
    /// How many arrays and objects are open in front of the group.
    depth: u64,
    /// A bit for each level: what is open there is an object.
    objects: u64,
    /// 1 while no member was found since the last record's end.
    lacking: u64,
    wrong: u64,
}

impl Tokens {
    pub(super) fn new() -> Self {
        Tokens {
            depth: 0,
            objects: 0,
            lacking: 1,
            wrong: 0,
        }
    }

    pub(super) fn are_right(&self) -> bool {
        self.wrong == 0
    }

    #[inline(always)]
    pub(super) fn check<W: Wide>(&mut self, group: &[u8; 64]) {
        let tokens = W::load(group);
        let open_object = tokens.equal(b'{');
        let close_object = tokens.equal(b'}');
        let open_array = tokens.equal(b'[');
        let close_array = tokens.equal(b']');
        let colon = tokens.equal(b':');
        let comma = tokens.equal(b',');
        let line_end = tokens.equal(b'\n');
        let name = tokens.equal(NAME);
        let string = tokens.equal(b'"') | name;
        let open = open_object | open_array;
        let close = close_object | close_array;
        let scalar = !(open | close | colon | comma | line_end | string);
        let value_end = string | scalar | close;

        let levels = W::levels(open, close, self.depth as u8);
        let outermost = W::at_level(levels, 1);
        let record_end = close & outermost;

        // Every colon belongs to a key or, in front of a record, to its label; and each of those has one.
        let label = scalar & line_end << 1;
        let label_colon = colon & label << 1;
        let key = string & (open_object | comma) << 1;
        let mut wrong = colon & !((key | label) << 1) | label << 1 & !colon;
        wrong |= label_colon << 1 & !open_object;
        wrong |= open_object << 2 & !(close_object << 1) & !colon;
        // What starts or ends a value, and what may stand in front of it.
        let before_value = (colon | comma | open_array) << 1;
        wrong |= open & !before_value;
        wrong |= string & !(before_value | open_object << 1);
        wrong |= scalar & !(before_value | line_end << 1);
        wrong |= close_object & !((open_object | value_end) << 1);
        wrong |= close_array & !((open_array | value_end) << 1);
        wrong |= comma & !(value_end << 1);
        // Lines end behind a record, or have none; and nothing else stands behind a record.
        wrong |= line_end & !((record_end | line_end) << 1);
        wrong |= record_end << 1 & !line_end;
        // The member that must be there has no parts, and stands between the ends of any two records.
        let member = colon & name << 1 & outermost;
        wrong |= member << 1 & open;
        let both = (member | record_end) & CHECKED;
        let ends = W::extract(record_end, both);
        wrong |= (ends & (ends << 1 | self.lacking)) << 4;
        if both != 0 {
            self.lacking = ends >> (both.count_ones() - 1);
        }

        // A bracket, and a comma, is of the same kind as what comes before it on its level, unless it opens something. A comma
        // is an object's where a key and a colon follow.
        let parts = (open | close | comma) & CHECKED;
        let of_object = open_object | close_object | comma & colon >> 2;
        // Written out, so that the levels are worked on side by side.
        let mut check = |level| {
            let here = parts & W::at_level(levels, level);
            self.check_level::<W>(level, here, of_object, open);
        };
        check(1);
        check(2);
        check(3);
        check(4);
        let mut level = USUAL_DEPTH;
        while level < MOST_DEPTH && W::above_level(levels, level) & parts != 0 {
            level += 1;
            check(level);
        }
        if level == MOST_DEPTH {
            wrong |= 1 << 4;
        }

        let passed = (1 << STEP) - 1;
        self.depth = self
            .depth
            .wrapping_add(u64::from((open & passed).count_ones()))
            .wrapping_sub(u64::from((close & passed).count_ones()));
        // Where more was closed than was open this is a huge number.
        self.wrong |= wrong & CHECKED | u64::from(self.depth >= u64::from(MOST_DEPTH));
    }

    /// Checks the `parts` of one level.
    #[inline(always)]
    fn check_level<W: Wide>(&mut self, level: u32, parts: u64, of_object: u64, open: u64) {
        let kinds = W::extract(of_object, parts);
        let opens = W::extract(open, parts);
        let before = self.objects >> level & 1;
        let kinds_before = kinds << 1 | before;
        let counted = W::extract(parts, parts);
        self.wrong |= (kinds ^ kinds_before) & !opens & counted;
        let last = kinds_before >> parts.count_ones() & 1;
        self.objects = self.objects & !(1 << level) | last << level;
    }
}
