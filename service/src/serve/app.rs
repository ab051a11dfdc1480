//! What every handler may use.

use std::path::PathBuf;
use std::sync::Arc;

use tokio::sync::Semaphore;

use super::demo::doors::Doors;
use super::derived::Derived;
use super::flood::Flood;
use super::gate::Gates;
use super::held::Held;
use super::settings::Settings;
use crate::pages::assets::Assets;
use crate::provider::Provider;
use crate::store::Store;

/// Version of the API (semantic), in every answer's `API-Version`.
pub const API_VERSION: &str = "1.0.0";

/// What every handler may use.
#[derive(Clone, Debug)]
pub struct App {
    /// What is kept.
    pub store: Store,
    /// What was set.
    pub settings: Arc<Settings>,
    /// One permit per stream of events.
    pub streams: Arc<Semaphore>,
    /// The program that does the work; `None` when a worker apart does it.
    pub computer: Option<PathBuf>,
    /// Room for what takes much memory or time.
    pub gates: Gates,
    /// How often somebody at one address tried in vain.
    pub flood: Flood,
    /// The provider with which people sign in, when one is set.
    pub provider: Option<Arc<Provider>>,
    /// Answers made of what never changes.
    pub derived: Derived,
    /// Style, script and logo of the pages.
    pub assets: Assets,
    /// Addresses with which a browser comes in once; only a demo has any.
    pub doors: Doors,
    /// Files that somebody sent and did not decide about yet.
    pub held: Held,
    /// Set when the service is ending: streams close then.
    pub ending: tokio_util::sync::CancellationToken,
}

impl App {
    /// The state of a service on this store.
    pub fn new(store: Store, settings: Settings) -> Self {
        let streams = Arc::new(Semaphore::new(settings.streams));
        let computer = settings.works.then(|| settings.computer.clone().or_else(|| std::env::current_exe().ok()).unwrap_or_default());
        let gates = Gates::new(settings.largest_body);
        Self {
            store,
            streams,
            computer,
            gates,
            flood: Flood::default(),
            provider: settings.provider.clone().map(Provider::new).map(Arc::new),
            derived: Derived::default(),
            assets: Assets::new(&settings.look),
            doors: Doors::default(),
            held: Held::default(),
            ending: tokio_util::sync::CancellationToken::new(),
            settings: Arc::new(settings),
        }
    }
}
