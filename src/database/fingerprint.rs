//! What tells one source from another: a hash of all its bytes.

use std::fmt;
use std::io::{self, Read};

use sha2::{Digest, Sha256};

/// The SHA-256 of a source's content. `Display` is what `sha256sum` prints of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fingerprint([u8; 32]);

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// A reader that takes the fingerprint of what is read through it.
pub struct Fingerprinted<R> {
    source: R,
    hash: Sha256,
}

impl<R> Fingerprinted<R> {
    /// Begins with nothing read.
    pub fn new(source: R) -> Self {
        Fingerprinted {
            source,
            hash: Sha256::new(),
        }
    }

    /// The fingerprint of all that was read.
    pub fn fingerprint(self) -> Fingerprint {
        Fingerprint(self.hash.finalize().into())
    }
}

impl<R: Read> Read for Fingerprinted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(buffer)?;
        self.hash.update(&buffer[..count]);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_sha_256_of_what_was_read() {
        let mut reader = Fingerprinted::new(&b"abc"[..]);
        io::copy(&mut reader, &mut io::sink()).unwrap();
        assert_eq!(
            reader.fingerprint().to_string(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
