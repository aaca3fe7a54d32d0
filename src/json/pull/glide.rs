//! Gliding: passing over values that lie whole and well-formed in the window, with the state of the document in registers.
//!
//! It knows no errors. Whatever is not plainly right (the end of the window above all, where a zero byte stands) ends the glide
//! behind the last whole value, and the reader goes on token by token from there: it reads more, or says what is wrong.

use std::ops::Range;

use crate::json::Demand;

/// Where a glide through a document is: behind a value, or behind the opening of an array or object.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// Index of the next byte.
    pub(super) at: usize,
    pub(super) depth: u32,
    /// A bit for each level, the innermost lowest: set for an object.
    pub(super) objects: u128,
    /// Nothing of the innermost array or object was passed yet.
    pub(super) is_empty: bool,
}

impl Place {
    #[inline]
    fn in_object(&self) -> bool {
        self.objects & 1 == 1
    }

    #[inline]
    fn open(&mut self, is_object: bool) {
        self.depth += 1;
        self.objects = self.objects << 1 | u128::from(is_object);
        self.is_empty = true;
    }

    #[inline]
    fn close(&mut self) {
        self.depth -= 1;
        self.objects >>= 1;
        self.is_empty = false;
    }
}

/// The bytes to glide through.
pub(super) struct Glide<'b> {
    /// The window's bytes, a zero behind the last one that counts, and the slack.
    pub(super) buffer: &'b [u8],
    pub(super) end: usize,
    /// The line feed where it is a blank; a blank where it ends the document.
    pub(super) line_feed: u8,
    pub(super) max_depth: u32,
}

/// Members to look for while gliding.
pub(super) struct Watch<'n> {
    /// Their names.
    pub(super) names: &'n [&'n str],
    /// Which values end the glide.
    pub(super) demand: Demand,
    /// The depth at which the members stand.
    pub(super) depth: u32,
    /// Their last values so far.
    pub(super) found: &'n mut [Option<Range<usize>>],
}

/// The ids of an array that was glided over, by indices.
#[derive(Clone, Debug)]
pub(super) struct Ids {
    pub(super) count: u64,
    pub(super) first_start: usize,
    /// Behind the last but one; behind the bracket where there are fewer.
    pub(super) before_last: usize,
    pub(super) last_start: usize,
    pub(super) last_end: usize,
    /// The closing bracket.
    pub(super) close: usize,
}

impl Glide<'_> {
    /// Glides on from `place` until depth `until` is reached behind a value. False where it ended before that.
    #[inline]
    pub(super) fn to_depth(&self, place: &mut Place, until: u32) -> bool {
        self.run(place, until, None)
    }

    /// Where the object that comes next starts.
    pub(super) fn object(&self, at: usize) -> Option<usize> {
        let at = self.blanks(at);
        (self.buffer[at] == b'{').then_some(at)
    }

    /// As [`to_depth`](Self::to_depth), noting the watched member.
    pub(super) fn watching(&self, place: &mut Place, until: u32, watch: &mut Watch<'_>) -> bool {
        self.run(place, until, Some(watch))
    }

    #[inline(always)]
    fn run(&self, place: &mut Place, until: u32, watch: Option<&mut Watch<'_>>) -> bool {
        // A copy, so that it lives in registers.
        let mut here = *place;
        let done = self.steps(&mut here, until, watch);
        *place = here;
        done
    }

    /// `here` is always behind a value or an opening: it changes only once the next one is passed.
    #[inline(always)]
    fn steps(&self, here: &mut Place, until: u32, mut watch: Option<&mut Watch<'_>>) -> bool {
        let buffer = self.buffer;
        loop {
            // Behind a value or an opening: a comma, a value or name, or a closing.
            let mut at = self.blanks(here.at);
            let byte = buffer[at];
            if here.in_object() {
                if byte == b'}' {
                    here.close();
                    here.at = at + 1;
                    if here.depth == until {
                        return true;
                    }
                    continue;
                }
                if !here.is_empty {
                    if byte != b',' {
                        return false;
                    }
                    at = self.blanks(at + 1);
                }
                if buffer[at] != b'"' {
                    return false;
                }
                let name = at + 1;
                let Some((end, escaped)) = self.string(name) else {
                    return false;
                };
                at = self.blanks(end);
                if buffer[at] != b':' {
                    return false;
                }
                at = self.blanks(at + 1);
                if let Some(watch) = watch.as_deref_mut()
                    && here.depth == watch.depth
                    && !self.note(watch, &buffer[name..end - 1], escaped, at)
                {
                    return false;
                }
            } else {
                if byte == b']' && here.depth > 0 {
                    here.close();
                    here.at = at + 1;
                    if here.depth == until {
                        return true;
                    }
                    continue;
                }
                if !here.is_empty {
                    if byte != b',' {
                        return false;
                    }
                    at = self.blanks(at + 1);
                }
            }
            // A value.
            match buffer[at] {
                byte @ (b'{' | b'[') => {
                    if here.depth >= self.max_depth {
                        return false;
                    }
                    here.open(byte == b'{');
                    here.at = at + 1;
                }
                _ => {
                    let Some(end) = self.scalar(at) else {
                        return false;
                    };
                    here.at = end;
                    here.is_empty = false;
                    if here.depth == until {
                        return true;
                    }
                }
            }
        }
    }

    /// Notes the value at `at` of a member that is watched. False where the value is not as demanded.
    #[inline]
    fn note(&self, watch: &mut Watch<'_>, name: &[u8], escaped: bool, at: usize) -> bool {
        let spelled = |own: &&str| self.spells(name, escaped, own.as_bytes());
        let Some(which) = watch.names.iter().position(spelled) else {
            return true;
        };
        let Some(end) = self.scalar(at) else {
            return false;
        };
        if watch.demand == Demand::OnePlainId {
            let plain = match self.buffer[at] {
                b'"' => !self.buffer[at..end].contains(&b'\\'),
                byte => byte == b'-' || byte.is_ascii_digit(),
            };
            if !plain || watch.found[which].is_some() {
                return false;
            }
        }
        watch.found[which] = Some(at..end);
        true
    }

    /// Glides over an array of strings and numbers of at most `longest` bytes from behind its bracket up to its closing one.
    pub(super) fn ids(&self, open: usize, longest: usize) -> Option<Ids> {
        let mut at = self.blanks(open);
        let mut ids = Ids {
            count: 0,
            first_start: at,
            before_last: open,
            last_start: open,
            last_end: open,
            close: at,
        };
        if self.buffer[at] == b']' {
            return Some(ids);
        }
        loop {
            if matches!(self.buffer[at], b't' | b'f' | b'n') {
                return None;
            }
            ids.before_last = ids.last_end;
            ids.last_start = at;
            ids.last_end = self.scalar(at)?;
            if ids.last_end - at > longest {
                return None;
            }
            ids.count += 1;
            at = self.blanks(ids.last_end);
            match self.buffer[at] {
                b',' => at = self.blanks(at + 1),
                b']' => {
                    ids.close = at;
                    return Some(ids);
                }
                _ => return None,
            }
        }
    }
}
