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

/// The first twelve hexadecimal digits of a file's SHA-256.
///
/// # Errors
/// When the file cannot be read.
pub fn fingerprint(file: &Path) -> Result<String, String> {
    let bytes = std::fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
    Ok(Sha256::digest(bytes).iter().take(6).map(|byte| format!("{byte:02x}")).collect())
}
