//! How far loading has come, and what follows from it.

use std::time::Duration;

/// How far loading has come. Speeds and the time left are those of all the time since it began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// How many events were read.
    pub rows: u64,
    /// How many bytes of the source were read.
    pub bytes: u64,
    /// How many bytes the source has; `None` for a pipe and whatever else does not say.
    pub total_bytes: Option<u64>,
    /// How long it has taken so far.
    pub elapsed: Duration,
}

impl Progress {
    /// The share that was read, from 0 to 100; 100 only when all was. `None` where the whole is unknown.
    pub fn share(&self) -> Option<u8> {
        let total = u128::from(self.total_bytes.filter(|total| *total > 0)?);
        u8::try_from((u128::from(self.bytes) * 100 / total).min(100)).ok()
    }

    /// Events in a second; `None` before there is anything to reckon with.
    pub fn rows_per_second(&self) -> Option<u64> {
        per_second(self.rows, self.elapsed)
    }

    /// Seconds until all is read if it goes on as fast; `None` where that cannot be said.
    pub fn seconds_left(&self) -> Option<u64> {
        let left = self.total_bytes?.saturating_sub(self.bytes);
        Some(left.div_ceil(per_second(self.bytes, self.elapsed)?))
    }
}

/// How many of them a second; `None` for none.
fn per_second(number: u64, elapsed: Duration) -> Option<u64> {
    let millis = elapsed.as_millis();
    if millis == 0 {
        return None;
    }
    u64::try_from(u128::from(number) * 1000 / millis).ok().filter(|rate| *rate > 0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn share_rate_and_time_left_follow_from_what_was_read() {
        let progress =
            Progress { rows: 600_000, bytes: 25, total_bytes: Some(100), elapsed: Duration::from_secs(2) };
        assert_eq!(progress.share(), Some(25));
        assert_eq!(progress.rows_per_second(), Some(300_000));
        assert_eq!(progress.seconds_left(), Some(7));
        let pipe = Progress { total_bytes: None, ..progress };
        assert_eq!((pipe.share(), pipe.seconds_left()), (None, None));
        assert_eq!(Progress::default().rows_per_second(), None);
    }

    proptest! {
        #[test]
        fn no_numbers_overflow_and_only_all_is_all(
            rows: u64, bytes: u64, total in prop::option::of(any::<u64>()), millis: u64,
        ) {
            let progress =
                Progress { rows, bytes, total_bytes: total, elapsed: Duration::from_millis(millis) };
            let _ = (progress.rows_per_second(), progress.seconds_left());
            if let (Some(share), Some(total)) = (progress.share(), total) {
                prop_assert_eq!(share == 100, bytes >= total);
            }
        }
    }
}
