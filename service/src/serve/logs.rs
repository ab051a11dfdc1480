//! Log lines of the service, as text or JSON: of the program itself only, so that no library can tell a path, a name or a token.

use tracing::level_filters::LevelFilter;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// Libraries may warn; what they tell at lower levels may hold what was sent. It cannot be switched on.
fn told() -> Targets {
    Targets::new().with_target("loket_service", LevelFilter::INFO).with_default(LevelFilter::WARN)
}

/// From now on log lines go to standard error. Once for the process; a second call changes nothing.
pub fn start(json: bool) {
    let layer = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_target(false).with_ansi(false);
    let layer = if json { layer.json().flatten_event(true).with_filter(told()).boxed() } else { layer.with_filter(told()).boxed() };
    // Whoever was first has set it.
    let _ = tracing_subscriber::registry().with(layer).try_init();
}
