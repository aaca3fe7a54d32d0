//! The part of an array that is read ahead: what threads are asked for, range by range, and what they answer.

use std::collections::VecDeque;
use std::io;
use std::ops::Range;
use std::sync::mpsc::{Receiver, Sender, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};

use super::super::stretch::{Stretch, Wanted};
use crate::io::Rereadable;
use crate::json::{Limits, Position, Window};

/// What a thread is asked for.
pub(super) struct Job {
    wanted: Arc<Wanted>,
    range: Range<u64>,
    answer: SyncSender<Answer>,
}

type Answer = io::Result<Vec<Stretch>>;

/// The part of an array that is read ahead.
pub(super) struct Course {
    wanted: Arc<Wanted>,
    /// What was asked for, range by range.
    asked: VecDeque<Asked>,
    /// Where the next range begins.
    next: u64,
}

struct Asked {
    range: Range<u64>,
    answer: Receiver<Answer>,
    /// What has come of the answer, and the reader is not behind.
    stretches: Option<VecDeque<Stretch>>,
}

/// Answers one job after the other.
pub(super) fn work(mixtape: &Rereadable, limits: Limits, queue: &Mutex<Receiver<Job>>) {
    let source = mixtape.reader_aside(0);
    let mut window = Window::starting_at(source, limits, Position::START).without_lines();
    loop {
        let job = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = job else {
            return;
        };
        let answer = job.wanted.read(&mut window, job.range);
        let _ = job.answer.send(answer); // nobody wants it any more where this fails
    }
}

impl Course {
    /// From the element at `at` on.
    pub(super) fn new(wanted: Wanted, at: u64) -> Self {
        Course {
            wanted: Arc::new(wanted),
            asked: VecDeque::new(),
            next: at,
        }
    }

    /// The stretch that starts at an offset, where there is one. As many ranges as `most` are asked for ahead, up to the `end`.
    pub(super) fn arrive(
        &mut self,
        at: u64,
        most: usize,
        end: u64,
        stride: u64,
        jobs: &Sender<Job>,
    ) -> io::Result<Option<Stretch>> {
        self.leave_behind(at);
        while self.asked.len() < most && self.next < end {
            self.ask(stride, jobs);
        }
        match self.asked.front_mut() {
            Some(asked) => asked.stretch(at),
            None => Ok(None),
        }
    }

    /// Nobody needs the rest any more.
    pub(super) fn end(&self) {
        self.wanted.end();
    }

    /// Forgets the ranges in front of an offset.
    fn leave_behind(&mut self, at: u64) {
        while self
            .asked
            .front()
            .is_some_and(|asked| asked.range.end <= at)
        {
            self.asked.pop_front();
        }
        if self.asked.is_empty() {
            self.next = self.next.max(at);
        }
    }

    /// Asks for what stands in the next range.
    fn ask(&mut self, stride: u64, jobs: &Sender<Job>) {
        let range = self.next..self.next + stride;
        self.next = range.end;
        let (sender, answer) = sync_channel(1);
        // Without threads the sender is dropped, and nobody waits for the answer.
        let _ = jobs.send(Job {
            wanted: Arc::clone(&self.wanted),
            range: range.clone(),
            answer: sender,
        });
        self.asked.push_back(Asked {
            range,
            answer,
            stretches: None,
        });
    }
}

impl Asked {
    /// The stretch that starts at an offset of the range, where there is one. Waits for the answer.
    fn stretch(&mut self, at: u64) -> io::Result<Option<Stretch>> {
        if self.stretches.is_none() {
            // A thread that has ended before its time knows nothing.
            let answer = self.answer.recv().unwrap_or(Ok(Vec::new()));
            self.stretches = Some(answer?.into());
        }
        let Some(stretches) = &mut self.stretches else {
            return Ok(None);
        };
        while stretches.front().is_some_and(|stretch| stretch.start < at) {
            stretches.pop_front();
        }
        match stretches.front() {
            Some(stretch) if stretch.start == at => Ok(stretches.pop_front()),
            _ => Ok(None),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;
    use std::thread;

    use super::*;
    use crate::json::HoldLimit;
    use crate::mixtape::kind::Kind;
    use crate::mixtape::scan::tests::mixtape_of;

    const STRIDE: u64 = 100;

    fn course(at: u64) -> Course {
        let wanted = Wanted::like(b"{\"id\": 1}", Kind::Songs, None);
        Course::new(wanted.unwrap(), at)
    }

    /// With a thread that works on this text.
    fn with_thread(text: &str, run: impl FnOnce(&Sender<Job>)) {
        let hold = HoldLimit {
            bytes: 100,
            what: "an id",
            flag: "--none",
        };
        let mixtape = mixtape_of(text);
        let (jobs, queue) = channel();
        let queue = Mutex::new(queue);
        thread::scope(|scope| {
            scope.spawn(|| work(&mixtape, hold.into(), &queue));
            run(&jobs);
            drop(jobs);
        });
    }

    #[test]
    fn nobody_waits_for_threads_that_are_gone() {
        let (jobs, queue) = channel();
        drop(queue);
        let mut course = course(10);
        let arrived = course.arrive(10, 1, 1000, STRIDE, &jobs).unwrap();
        assert!(arrived.is_none());
        assert!(course.asked[0].stretch(10).unwrap().is_none());
    }

    #[test]
    fn whoever_arrives_is_handed_everything_and_no_more_is_asked_for_than_allowed() {
        let text = "{\"id\": 7},".repeat(10 * STRIDE as usize);
        let end = text.len() as u64;
        with_thread(&text, |jobs| {
            let (mut course, mut at) = (course(0), 0);
            while at < end {
                let stretch = course.arrive(at, 3, end, STRIDE, jobs).unwrap().unwrap();
                assert_eq!(stretch.start, at);
                at = stretch.end + 1;
                assert!(course.asked.len() <= 3);
                assert!(course.asked.iter().all(|asked| asked.range.start < end));
            }
        });
    }

    #[test]
    fn a_stretch_that_was_passed_by_does_not_hide_the_next_one() {
        let text = "{\"id\": 7} {\"id\": 8} {\"id\": 9} ";
        with_thread(text, |jobs| {
            let mut course = course(0);
            let mut arrive = |at| course.arrive(at, 3, 30, STRIDE, jobs).unwrap();
            assert!(arrive(5).is_none());
            assert_eq!(arrive(20).map(|stretch| stretch.end), Some(29));
        });
    }

    #[test]
    fn of_what_nobody_needs_any_more_nothing_is_read() {
        let text = "{\"id\": 7},".repeat(10);
        with_thread(&text, |jobs| {
            let mut course = course(0);
            course.end();
            let arrived = course.arrive(0, 3, 100, STRIDE, jobs).unwrap();
            assert!(arrived.is_none());
        });
    }
}
