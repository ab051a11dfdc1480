//! The service's figures in the text format of Prometheus: counted as things happen, or looked up when they are asked.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use metrics::{counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

use super::app::App;
use crate::store::{Error, Result};
use loket_solver::matching::facts::words::Word;

/// Upper ends of the buckets of a request's time, seconds.
const SECONDS: [f64; 11] = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0];
/// Samples are gathered into buckets when somebody asks, and else after so many requests: memory stays bounded without a reader.
const GATHERED: u64 = 4_096;

/// Every figure with its meaning, as docs/operating.md has them.
pub const FIGURES: [(&str, &str); 9] = [
    ("loket_aanvragen_totaal", "Beantwoorde aanvragen, naar methode, route en status"),
    ("loket_aanvraag_seconden", "Hoe lang een aanvraag duurde, naar methode en route"),
    ("loket_verbindingen", "Open verbindingen"),
    ("loket_stromen", "Open stromen van gebeurtenissen"),
    ("loket_taken", "Taken in de wachtrij en in bewerking, naar baan en toestand"),
    ("loket_oudste_taak_seconden", "Hoe lang de taak die het langst wacht al wacht, naar baan"),
    ("loket_logboek_regels", "Regels in het logboek"),
    ("loket_gegevens_bytes", "Grootte van het gegevensbestand met zijn WAL"),
    ("loket_versie", "Altijd 1; de versie van het programma staat in het label"),
];

static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
static REQUESTS: AtomicU64 = AtomicU64::new(0);

/// Begins to count, once for the process; later calls give the same handle.
pub fn install() -> &'static PrometheusHandle {
    HANDLE.get_or_init(|| {
        let builder = PrometheusBuilder::new().set_buckets(&SECONDS).unwrap_or_default();
        let recorder = builder.build_recorder();
        let handle = recorder.handle();
        // Somebody else's recorder may be there already in a test; then this one shows nothing.
        let _ = metrics::set_global_recorder(recorder);
        for (name, says) in FIGURES {
            match name {
                "loket_aanvragen_totaal" => describe_counter!(name, says),
                "loket_aanvraag_seconden" => describe_histogram!(name, says),
                _ => describe_gauge!(name, says),
            }
        }
        handle
    })
}

/// Counts a request: by its method and route template, never by its path.
pub fn request(method: &'static str, route: &str, status: u16, seconds: f64) {
    let (route, status) = (route.to_owned(), status.to_string());
    counter!("loket_aanvragen_totaal", "methode" => method, "route" => route.clone(), "status" => status).increment(1);
    histogram!("loket_aanvraag_seconden", "methode" => method, "route" => route).record(seconds);
    if REQUESTS.fetch_add(1, Ordering::Relaxed) % GATHERED == GATHERED - 1
        && let Some(handle) = HANDLE.get()
    {
        handle.run_upkeep();
    }
}

/// One open connection, for as long as it is held.
#[derive(Debug)]
pub struct Connection;

impl Connection {
    /// Counts it.
    pub fn begin() -> Self {
        gauge!("loket_verbindingen").increment(1);
        Self
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        gauge!("loket_verbindingen").decrement(1);
    }
}

/// Every figure, after looking up those that are not counted.
pub async fn page(app: &App) -> Result<String> {
    let handle = install();
    gauge!("loket_versie", "versie" => env!("CARGO_PKG_VERSION")).set(1);
    gauge!("loket_stromen").set(app.settings.streams.saturating_sub(app.streams.available_permits()) as f64);
    let seen = app.store.figures().await?;
    for lane in seen.lanes {
        gauge!("loket_taken", "baan" => lane.lane.code(), "toestand" => "wachtrij").set(lane.waiting as f64);
        gauge!("loket_taken", "baan" => lane.lane.code(), "toestand" => "bezig").set(lane.at_work as f64);
        gauge!("loket_oudste_taak_seconden", "baan" => lane.lane.code()).set(lane.oldest_ms as f64 / 1_000.0);
    }
    gauge!("loket_logboek_regels").set(seen.log_lines as f64);
    gauge!("loket_gegevens_bytes").set(seen.bytes as f64);
    let handle = handle.clone();
    tokio::task::spawn_blocking(move || handle.render()).await.map_err(|error| Error::Other(error.to_string()))
}
