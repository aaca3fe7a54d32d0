//! The texts of the side that is held in memory, end to end in one buffer.

/// Records of a few texts each.
pub(super) struct Held {
    texts: String,
    /// Where each text ends; a text that is not there is marked.
    ends: Vec<u64>,
    per_record: usize,
}

const ABSENT: u64 = 1 << 63;

impl Held {
    pub(super) fn new(per_record: usize) -> Self {
        Held {
            texts: String::new(),
            ends: Vec::new(),
            per_record,
        }
    }

    /// Appends a record and returns its number.
    pub(super) fn push(&mut self, texts: &[Option<&str>]) -> Option<u32> {
        let record = u32::try_from(self.len()).ok()?;
        for text in texts {
            self.texts.push_str(text.unwrap_or(""));
            let end = self.texts.len() as u64;
            self.ends
                .push(if text.is_none() { end | ABSENT } else { end });
        }
        Some(record)
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len() / self.per_record
    }

    /// A text of a record.
    pub(super) fn text(&self, record: u32, field: usize) -> Option<&str> {
        let at = record as usize * self.per_record + field;
        let end = self.ends[at];
        let start = if at == 0 {
            0
        } else {
            self.ends[at - 1] & !ABSENT
        };
        (end & ABSENT == 0).then(|| &self.texts[start as usize..end as usize])
    }
}
