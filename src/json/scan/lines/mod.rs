//! Whole lines checked many at once: is each a number, a colon and an object with a certain member?
//!
//! Three passes, which hardly ever branch on what a byte is: records of many short members would be mispredicted at every
//! other token. The first makes bit masks of 64 bytes, finds the strings, checks
//! what is in them, and moves the first byte of every token and the bytes of every number and literal next to each other.
//! The others check 64 of those at once: which token may follow which, and how numbers and literals are spelled. The answer
//! is yes, or don't know.

#[cfg(target_arch = "x86_64")]
mod avx512;
mod block;
mod gathered;
mod passes;
#[cfg(test)]
mod portable;
mod scalars;
#[cfg(test)]
mod tests;
mod tokens;
mod wide;

pub(in crate::json) use passes::LineCheck;

impl LineCheck {
    /// Checks whole lines: whether each is empty or a label (a number or a literal), a colon and an object that has a member
    /// `id` without parts. False also where something is not plainly so, or where this machine has no quick way to tell.
    pub(in crate::json) fn check(&mut self, lines: &[u8]) -> bool {
        #[cfg(target_arch = "x86_64")]
        if avx512::is_there() {
            // SAFETY: just asked.
            return unsafe { avx512::check(self, lines) };
        }
        self.forget();
        let _ = lines;
        false
    }
}

/// Whether this machine has a quick way to check lines.
pub(in crate::json) fn is_quick() -> bool {
    #[cfg(target_arch = "x86_64")]
    return avx512::is_there();
    #[cfg(not(target_arch = "x86_64"))]
    return false;
}
