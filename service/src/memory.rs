//! How much memory this process uses, as Linux tells it; nothing is known elsewhere.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// What a solve may use unless another limit is asked for, MiB. A wave of 5,000 candidates was measured at 1,300 (docs/performance.md).
pub const DEFAULT_LIMIT: u64 = 8192;

/// Time between two looks.
const PAUSE: u64 = 250;

/// Most memory so far, MiB.
pub fn peak() -> Option<u64> {
    field("VmHWM:")
}

/// Memory in use by another process, MiB; nothing when it is gone.
pub fn of(process: u32) -> Option<u64> {
    read(&std::fs::read_to_string(format!("/proc/{process}/status")).ok()?, "VmRSS:")
}

fn field(name: &str) -> Option<u64> {
    read(&std::fs::read_to_string("/proc/self/status").ok()?, name)
}

fn read(status: &str, name: &str) -> Option<u64> {
    let kib: u64 = status.lines().find_map(|line| line.strip_prefix(name))?.split_whitespace().next()?.parse().ok()?;
    Some(kib.div_ceil(1024))
}

/// A limit on memory that is looked at now and then.
pub struct Limit {
    most: u64,
    looked: AtomicU64,
    passed: AtomicU64,
}

impl Limit {
    /// At most this many MiB.
    pub fn new(most: u64) -> Self {
        Self { most, looked: AtomicU64::new(0), passed: AtomicU64::new(0) }
    }

    /// Whether memory went over the limit, `elapsed` after the start: looks at most four times a second.
    pub fn passed(&self, elapsed: Duration) -> bool {
        let now = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX).max(1);
        let last = self.looked.load(Ordering::Relaxed);
        if (last == 0 || now >= last + PAUSE) && self.looked.compare_exchange(last, now, Ordering::Relaxed, Ordering::Relaxed).is_ok() {
            let used = field("VmRSS:").unwrap_or(0);
            if used > self.most {
                self.passed.fetch_max(used, Ordering::Relaxed);
            }
        }
        self.used_too_much().is_some()
    }

    /// Bytes that may still be taken, as things are now; nothing where that is not known.
    pub fn room(&self) -> Option<u64> {
        let used = field("VmRSS:")?;
        Some(self.most.saturating_sub(used) << 20)
    }

    /// How much was used when the limit was passed, MiB; nothing while it was not.
    pub fn used_too_much(&self) -> Option<u64> {
        Some(self.passed.load(Ordering::Relaxed)).filter(|&used| used > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_status_of_linux_is_read_in_mib_rounded_up() {
        let status = "Name:\tloket\nVmHWM:\t  2049 kB\nVmRSS:\t     1 kB\n";
        assert_eq!([read(status, "VmHWM:"), read(status, "VmRSS:"), read(status, "VmSwap:")], [Some(3), Some(1), None]);
    }

    #[test]
    fn a_process_is_over_a_limit_of_nothing_and_under_a_large_one() {
        if peak().is_none() {
            eprintln!("no /proc here: memory is not measured");
            return;
        }
        assert!(Limit::new(0).passed(Duration::from_secs(1)));
        let large = Limit::new(1 << 40);
        assert!(!large.passed(Duration::from_secs(1)));
        assert_eq!(large.used_too_much(), None);
    }
}
