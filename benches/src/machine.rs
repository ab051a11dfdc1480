//! What ran the measurement: processor, cores, memory, and the hash that tells two builds apart.

use std::path::Path;

use sha2::{Digest, Sha256};

/// Processor, cores and memory, as far as the machine says.
pub fn name() -> String {
    let field = |file: &str, key: &str| {
        let text = std::fs::read_to_string(file).unwrap_or_default();
        text.lines().find(|line| line.starts_with(key)).and_then(|line| line.split_once(':')).map(|(_, value)| value.trim().to_string())
    };
    let processor = field("/proc/cpuinfo", "model name").unwrap_or_else(|| "processor unknown".into());
    let cores = std::thread::available_parallelism().map_or(0, |cores| cores.get());
    let memory = field("/proc/meminfo", "MemTotal").and_then(|text| text.split(' ').next().and_then(|kib| kib.parse::<u64>().ok()));
    let memory = memory.map_or("memory unknown".into(), |kib| format!("{} GiB", kib.div_ceil(1 << 20)));
    format!("{processor}, {cores} cores, {memory}")
}

/// Processor time of the whole machine and of some processes, in ticks: what is left between the two is other people's work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ticks {
    /// Used by anything on this machine.
    pub all: u64,
    /// Used or not.
    pub whole: u64,
}

impl Ticks {
    /// Since the machine started; nothing on a machine without /proc.
    pub fn now() -> Self {
        std::fs::read_to_string("/proc/stat").map(|text| Self::read(&text)).unwrap_or_default()
    }

    /// From the first line of /proc/stat: user, nice, system, idle, iowait, irq, softirq, steal.
    fn read(text: &str) -> Self {
        let first = text.lines().next().unwrap_or_default();
        let ticks: Vec<u64> = first.split_whitespace().skip(1).take(8).filter_map(|number| number.parse().ok()).collect();
        let idle: u64 = ticks.iter().skip(3).take(2).sum();
        let whole: u64 = ticks.iter().sum();
        Self { all: whole - idle, whole }
    }

    /// Percent of the machine's time since `before` that went to anything but `own` ticks; `None` when nothing is known.
    pub fn others_percent(self, before: Self, own: u64) -> Option<u64> {
        let whole = self.whole.saturating_sub(before.whole);
        (100 * self.all.saturating_sub(before.all).saturating_sub(own)).checked_div(whole)
    }
}

/// Ticks that a process and the children it waited for have used.
pub fn ticks_of(process: u32) -> u64 {
    let text = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // The name, in parentheses, may hold anything; utime, stime, cutime and cstime are the 12th to 15th field after it.
    let after = text.rsplit_once(')').map_or("", |(_, after)| after);
    after.split_whitespace().skip(11).take(4).filter_map(|number| number.parse::<u64>().ok()).sum()
}

/// The first twelve hexadecimal digits of a file's SHA-256.
///
/// # Errors
/// When the file cannot be read.
pub fn fingerprint(file: &Path) -> Result<String, String> {
    let bytes = std::fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
    Ok(Sha256::digest(bytes).iter().take(6).map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_of_others_is_what_is_used_and_not_our_own() {
        let before = Ticks::read("cpu  100 0 50 800 50 0 0 0 0 0\ncpu0 …");
        let after = Ticks::read("cpu  180 0 70 850 100 0 0 0 0 0\n");
        assert_eq!((before, after), (Ticks { all: 150, whole: 1000 }, Ticks { all: 250, whole: 1200 }));
        assert_eq!(after.others_percent(before, 60), Some(20));
        assert_eq!(after.others_percent(before, 300), Some(0));
        assert_eq!(before.others_percent(before, 0), None);
    }
}
