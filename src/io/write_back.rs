//! Bringing a file to the disk while it is still being written.
//!
//! The system keeps what is written in memory, and leaves it there until somebody asks. If nobody asks before the last byte
//! is written, the disk has been idle until then, and all of the file is waited for at the end.

use std::fs::File;
use std::io;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

use super::fault::{self, Operation};

/// Bytes after which the disk is asked again. Files that are shorter are not worth a thread.
pub(super) const EVERY: u64 = 8 << 20;

/// Sees to it that no more than a part of a file is left to be brought to the disk when all of it is written.
#[derive(Default)]
pub(super) struct WriteBack {
    /// Bytes written since the disk was asked.
    pending: u64,
    running: Option<Running>,
}

/// The thread that waits for the disk.
struct Running {
    asks: SyncSender<()>,
    thread: JoinHandle<io::Result<()>>,
}

impl WriteBack {
    /// Takes notice of so many bytes written to `file`.
    pub(super) fn wrote(&mut self, count: usize, file: &File) {
        self.pending += count as u64;
        if self.pending < EVERY {
            return;
        }
        self.pending = 0;
        if self.running.is_none() {
            // Without a thread all is waited for at the end, as ever.
            self.running = Running::start(file).ok();
        }
        if let Some(running) = &self.running {
            // Where the disk is behind, it is asked soon enough; a thread that has failed says so at the end.
            let _ = running.asks.try_send(());
        }
    }

    /// Waits for what the disk was asked.
    ///
    /// # Errors
    /// What the disk said. The system says it only once: whoever asks again is told that all is well.
    pub(super) fn finish(self) -> io::Result<()> {
        let Some(Running { asks, thread }) = self.running else {
            return Ok(());
        };
        drop(asks);
        thread.join().unwrap_or_else(|_| {
            Err(io::Error::other(
                "the thread that waits for the disk has failed",
            ))
        })
    }
}

impl Running {
    fn start(file: &File) -> io::Result<Self> {
        let file = file.try_clone()?;
        let (asks, asked) = sync_channel(1);
        let thread = thread::Builder::new()
            .name("write-back".to_owned())
            .spawn(move || {
                asked.iter().try_for_each(|()| {
                    fault::check(Operation::Sync)?;
                    file.sync_data()
                })
            })?;
        Ok(Running { asks, thread })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn short_files_need_no_thread_and_long_ones_are_waited_for() {
        let mut file = tempfile::tempfile().unwrap();
        let mut write_back = WriteBack::default();
        let block = vec![7; 1 << 20];
        for megabytes in 1..=70u64 {
            file.write_all(&block).unwrap();
            write_back.wrote(block.len(), &file);
            let is_long = megabytes << 20 >= EVERY;
            assert_eq!(write_back.running.is_some(), is_long, "{megabytes} MiB");
        }
        write_back.finish().unwrap();
        assert_eq!(file.metadata().unwrap().len(), 70 << 20);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn what_the_disk_said_is_told_at_the_end() {
        // A pipe cannot be synced: every ask fails.
        let (_reader, writer) = io::pipe().unwrap();
        let file = File::from(std::os::fd::OwnedFd::from(writer));
        let mut write_back = WriteBack::default();
        for _ in 0..3 {
            write_back.wrote(EVERY as usize, &file);
        }
        assert_eq!(
            write_back.finish().unwrap_err().kind(),
            io::ErrorKind::InvalidInput
        );
    }
}
