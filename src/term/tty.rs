//! The two ends of the terminal: where keys come from, where the screen goes.

use std::fs::OpenOptions;
use std::io::{self, IsTerminal};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use rustix::termios::tcgetwinsize;

/// The size that is assumed where the terminal does not know its own, as on a serial line.
const USUAL: (u16, u16) = (80, 24);

/// Larger sizes are taken for nonsense: a screen holds two buffers of every cell.
const LARGEST: (u16, u16) = (2048, 1024);

/// A terminal, open for reading and for writing.
#[derive(Debug)]
pub struct Tty {
    input: OwnedFd,
    output: OwnedFd,
}

impl Tty {
    /// The terminal of this process: standard output, and standard input where that is a terminal too,
    /// else (`annals -`) `/dev/tty`.
    ///
    /// # Errors
    /// When standard output is no terminal, or there is none to read keys from.
    pub fn open() -> io::Result<Self> {
        if !io::stdout().is_terminal() {
            return Err(io::Error::other("standard output is not a terminal"));
        }
        let input = if io::stdin().is_terminal() {
            io::stdin().as_fd().try_clone_to_owned()?
        } else {
            OpenOptions::new().read(true).write(true).open("/dev/tty")?.into()
        };
        Ok(Self { input, output: io::stdout().as_fd().try_clone_to_owned()? })
    }

    /// Two ends that need not be a terminal.
    #[cfg(test)]
    pub fn of(input: OwnedFd, output: OwnedFd) -> Self {
        Self { input, output }
    }

    /// Where keys come from.
    pub fn input(&self) -> BorrowedFd<'_> {
        self.input.as_fd()
    }

    /// Where the screen goes.
    pub fn output(&self) -> BorrowedFd<'_> {
        self.output.as_fd()
    }

    /// Columns and rows, from 1x1 to 2048x1024; 80x24 where the terminal does not say.
    pub fn size(&self) -> (u16, u16) {
        tcgetwinsize(&self.output).map_or(USUAL, |size| sensible(size.ws_col, size.ws_row))
    }

    /// Another handle on the same terminal.
    pub(super) fn try_clone(&self) -> io::Result<Self> {
        Ok(Self { input: self.input.try_clone()?, output: self.output.try_clone()? })
    }
}

/// The columns of the terminal that standard output is; 80 where it is none or does not say.
pub fn columns() -> usize {
    let size = tcgetwinsize(io::stdout()).map_or(USUAL, |size| sensible(size.ws_col, size.ws_row));
    usize::from(size.0)
}

fn sensible(columns: u16, rows: u16) -> (u16, u16) {
    let or = |given: u16, usual: u16, largest: u16| match given {
        0 => usual,
        given => given.min(largest),
    };
    (or(columns, USUAL.0, LARGEST.0), or(rows, USUAL.1, LARGEST.1))
}

/// Writes everything, in one call where the system takes it so, waiting where another program has made
/// the terminal non-blocking.
pub(super) fn write_all(to: BorrowedFd<'_>, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match rustix::io::write(to, bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => bytes = bytes.get(written..).unwrap_or_default(),
            Err(Errno::INTR) => {}
            Err(Errno::AGAIN) => match poll(&mut [PollFd::from_borrowed_fd(to, PollFlags::OUT)], None) {
                Ok(_) | Err(Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            },
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Read;
    use std::os::unix::net::UnixStream;

    use super::*;

    #[test]
    fn nonsense_sizes_become_usable_ones() {
        assert_eq!(sensible(0, 0), (80, 24));
        assert_eq!(sensible(1, 1), (1, 1));
        assert_eq!(sensible(132, 0), (132, 24));
        assert_eq!(sensible(u16::MAX, u16::MAX), (2048, 1024));
    }

    #[test]
    fn what_is_no_terminal_has_the_usual_size() {
        let (one, two) = UnixStream::pair().unwrap();
        assert_eq!(Tty::of(one.into(), two.into()).size(), (80, 24));
    }

    #[test]
    fn everything_is_written_to_a_reader_that_is_slower() {
        let (writer, mut reader) = UnixStream::pair().unwrap();
        writer.set_nonblocking(true).unwrap();
        let bytes: Vec<u8> = (0..1_000_000_u32).map(|i| i as u8).collect();
        let expected = bytes.clone();
        let writing = std::thread::spawn(move || write_all(writer.as_fd(), &bytes));
        let mut got = Vec::new();
        reader.read_to_end(&mut got).unwrap();
        writing.join().unwrap().unwrap();
        assert!(got == expected);
    }

    #[test]
    fn a_reader_that_is_gone_is_an_error() {
        let (writer, reader) = UnixStream::pair().unwrap();
        drop(reader);
        assert!(write_all(writer.as_fd(), b"x").is_err());
    }
}
