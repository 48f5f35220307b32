//! What no program on this machine can beat: reading a file, and looking at each of its bytes once.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::thread;
use std::time::Instant;

use memchr::memchr_iter;
use memchr::memmem::Finder;

use crate::terminal::milliseconds;

/// How much is read at once.
const BLOCK: usize = 1 << 20;

/// Milliseconds for each of several runs of reading a file, with so many threads.
pub fn reading(file: &Path, threads: usize, runs: usize) -> Vec<f64> {
    times(runs, || scan(file, threads, 0, |_| 0))
}

/// The same, with the line feeds counted.
pub fn lines(file: &Path, threads: usize, runs: usize) -> Vec<f64> {
    times(runs, || scan(file, threads, 0, |block| memchr_iter(b'\n', block).count()))
}

/// The same, with a text counted.
pub fn literal(file: &Path, text: &str, threads: usize, runs: usize) -> Vec<f64> {
    let finder = Finder::new(text);
    times(runs, || scan(file, threads, text.len() - 1, |block| finder.find_iter(block).count()))
}

fn times(runs: usize, scan: impl Fn() -> io::Result<usize>) -> Vec<f64> {
    let time = |_| {
        let begun = Instant::now();
        let count = scan().expect("the table can be read");
        std::hint::black_box(count);
        milliseconds(begun.elapsed())
    };
    (0..runs).map(time).collect()
}

/// Counts in all blocks of a file; each block but the last goes on so many bytes into the next.
fn scan(
    file: &Path,
    threads: usize,
    overlap: usize,
    count: impl Fn(&[u8]) -> usize + Sync,
) -> io::Result<usize> {
    let file = File::open(file)?;
    let length = file.metadata()?.len();
    let share = length.div_ceil(threads as u64);
    let part = |begin: u64| -> io::Result<usize> {
        let end = (begin + share).min(length);
        let mut block = vec![0; BLOCK + overlap];
        let mut total = 0;
        let mut at = begin;
        while at < end {
            let wanted = (end - at).min(BLOCK as u64) as usize + overlap;
            let wanted = wanted.min((length - at) as usize);
            file.read_exact_at(&mut block[..wanted], at)?;
            total += count(&block[..wanted]);
            at += BLOCK as u64;
        }
        Ok(total)
    };
    thread::scope(|scope| {
        let part = &part;
        let parts: Vec<_> =
            (0..threads as u64).map(|thread| scope.spawn(move || part(thread * share))).collect();
        parts.into_iter().map(|part| part.join().expect("nothing panics here")).sum()
    })
}
