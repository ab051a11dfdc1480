//! Log lines of the service, as text or JSON: of the program itself only, so that no library can tell a path, a name or a token.

use tracing::level_filters::LevelFilter;
use tracing::subscriber::DefaultGuard;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// Libraries may warn; what they tell at lower levels may hold what was sent. It cannot be switched on.
fn told() -> Targets {
    Targets::new().with_target("loket_service", LevelFilter::INFO).with_default(LevelFilter::WARN)
}

fn lines<S, W>(json: bool, writer: W) -> Box<dyn Layer<S> + Send + Sync>
where
    S: tracing::Subscriber + for<'a> tracing_subscriber::registry::LookupSpan<'a>,
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let layer = tracing_subscriber::fmt::layer().with_writer(writer).with_target(false).with_ansi(false);
    if json { layer.json().flatten_event(true).with_filter(told()).boxed() } else { layer.with_filter(told()).boxed() }
}

/// From now on log lines go to standard error. Once for the process; a second call changes nothing.
pub fn start(json: bool) {
    // Whoever was first has set it.
    let _ = tracing_subscriber::registry().with(lines(json, std::io::stderr)).try_init();
}

/// Log lines of this thread go to `writer` until the guard is dropped.
pub fn to<W>(json: bool, writer: W) -> DefaultGuard
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    tracing_subscriber::registry().with(lines(json, writer)).set_default()
}
