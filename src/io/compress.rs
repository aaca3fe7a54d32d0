//! An output's bytes, compressed where that is asked for.

use std::io::{self, Write};

use flate2::write::GzEncoder;

use super::compression::Compression;

/// Compresses on the way to `W`, or does not.
pub(super) enum Encoder<W: Write> {
    Plain(W),
    Gzip(Box<Gzip<W>>),
    Zstd(zstd::Encoder<'static, W>),
}

/// A gzip stream that ends only when it is finished. The library's own ends itself when it is dropped, and would make what
/// was broken off look whole.
pub(super) struct Gzip<W: Write>(Option<GzEncoder<Sealable<W>>>);

/// A target that takes nothing more once it is sealed.
struct Sealable<W> {
    target: W,
    sealed: bool,
}

impl<W: Write> Encoder<W> {
    /// With the levels that `gzip` and `zstd` have when nobody asks for another one.
    pub(super) fn new(target: W, compression: Option<Compression>) -> io::Result<Self> {
        Ok(match compression {
            None => Encoder::Plain(target),
            Some(Compression::Gzip) => {
                let level = flate2::Compression::default();
                let target = Sealable {
                    target,
                    sealed: false,
                };
                Encoder::Gzip(Box::new(Gzip(Some(GzEncoder::new(target, level)))))
            }
            Some(Compression::Zstd) => {
                let mut encoder = zstd::Encoder::new(target, zstd::DEFAULT_COMPRESSION_LEVEL)?;
                // As the `zstd` program does: a damaged file is found out when it is read.
                encoder.include_checksum(true)?;
                Encoder::Zstd(encoder)
            }
        })
    }

    /// Writes what ends the compressed stream and gives the target back.
    pub(super) fn finish(self) -> io::Result<W> {
        match self {
            Encoder::Plain(target) => Ok(target),
            Encoder::Gzip(mut gzip) => {
                // Tried in place first: one that fails is sealed when it is dropped, and not tried again.
                gzip.encoder().try_finish()?;
                let encoder = gzip.0.take().expect("is there until it is finished");
                encoder.finish().map(|sealable| sealable.target)
            }
            Encoder::Zstd(encoder) => encoder.finish(),
        }
    }
}

impl<W: Write> Write for Encoder<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Encoder::Plain(target) => target.write(bytes),
            Encoder::Gzip(gzip) => gzip.encoder().write(bytes),
            Encoder::Zstd(encoder) => encoder.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Encoder::Plain(target) => target.flush(),
            Encoder::Gzip(gzip) => gzip.encoder().flush(),
            Encoder::Zstd(encoder) => encoder.flush(),
        }
    }
}

impl<W: Write> Gzip<W> {
    fn encoder(&mut self) -> &mut GzEncoder<Sealable<W>> {
        self.0.as_mut().expect("is there until it is finished")
    }
}

impl<W: Write> Drop for Gzip<W> {
    fn drop(&mut self) {
        if let Some(encoder) = &mut self.0 {
            encoder.get_mut().sealed = true;
        }
    }
}

impl<W: Write> Write for Sealable<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.sealed {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        self.target.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.target.flush()
    }
}
