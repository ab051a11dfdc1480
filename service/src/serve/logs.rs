//! Log lines on standard error: text for people, JSON for machines; never a path, a name or a key.

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt;

/// Starts logging. `LOKET_LOG` says how much (`info` when absent); a second start does nothing.
pub fn start(json: bool) {
    let filter = EnvFilter::try_from_env("LOKET_LOG").unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn,apalis=warn,apalis_core=warn"));
    let lines = fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let _ = if json { lines.json().try_init() } else { lines.with_target(false).try_init() };
}
