//! `loket serve` and `loket worker`: the HTTP service, and a worker apart.

use std::future::Future;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::dispatch;
use crate::exit::Exit;
use crate::files::FileError;
use crate::serve::listen::listen;
use crate::serve::settings::{Layer, Settings, read, settle};
use crate::serve::{App, router};
use crate::store::{Clock, Store};

/// What can be typed after `loket serve` and `loket worker`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Instellingen")]
pub struct Arguments {
    /// Bestand met instellingen (TOML); de omgeving en wat getypt is gaan voor
    #[arg(long, value_name = "BESTAND", env = "LOKET_INSTELLINGEN")]
    pub instellingen: Option<PathBuf>,
    /// Each setting.
    #[command(flatten)]
    pub layer: Layer,
}

impl Arguments {
    /// The settings that follow; the error lists everything that is wrong.
    pub fn settle(&self) -> Result<Settings, FileError> {
        let under = match &self.instellingen {
            Some(path) => read(path).map_err(FileError)?,
            None => Layer::default(),
        };
        settle(self.layer.clone(), under).map_err(|wrong| FileError(wrong.join("\n")))
    }
}

/// Runs something asynchronous to its end.
pub fn on_runtime<T>(work: impl Future<Output = Result<T, FileError>>) -> Result<T, FileError> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build();
    let runtime = runtime.map_err(|error| FileError(format!("Het programma kan niet starten: {error}.")))?;
    let done = runtime.block_on(work);
    runtime.shutdown_timeout(Duration::from_secs(2));
    done
}

/// Opens the store of these settings.
pub async fn store(settings: &Settings) -> Result<Store, FileError> {
    let opened = Store::open(&settings.data, Clock::default()).await;
    opened.map_err(|error| FileError(format!("{}: {error}.", settings.data.display())))
}

/// A token that is cancelled when somebody asks the program to end.
pub fn ending(stop: &'static AtomicBool) -> CancellationToken {
    let token = CancellationToken::new();
    let told = token.clone();
    tokio::spawn(async move {
        while !stop.load(Ordering::SeqCst) {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        told.cancel();
    });
    token
}

/// Status 0 when it ended as asked, 2 when a setting or the database is not good.
pub fn run(arguments: &Arguments, stop: &'static AtomicBool) -> Result<Exit, FileError> {
    let settings = arguments.settle()?;
    crate::serve::logs::start(settings.log_json);
    crate::serve::metrics::install();
    on_runtime(serve(settings, stop))
}

/// The service: listens, and works unless told otherwise.
pub async fn serve(settings: Settings, stop: &'static AtomicBool) -> Result<Exit, FileError> {
    let store = store(&settings).await?;
    store.forget_unfinished_requests().await.map_err(|error| FileError(format!("{error}.")))?;
    let cannot = |error: std::io::Error| FileError(format!("Op {} kan niet geluisterd worden: {error}.", settings.address));
    let listener = TcpListener::bind(settings.address).await.map_err(cannot)?;
    let address = listener.local_addr().map_err(cannot)?;
    let ending = ending(stop);
    let app = App { ending: ending.clone(), ..App::new(store.clone(), settings.clone()) };
    let worker = settings.works.then(|| tokio::spawn(dispatch::work(store.clone(), Arc::new(settings.clone()), ending.clone())));
    // Whoever started this reads where it listens: the port may have been chosen by the system.
    println!("Loket luistert op http://{address}");
    tracing::info!(adres = %address, versie = env!("CARGO_PKG_VERSION"), "gestart");
    listen(listener, router(app), &settings, ending).await;
    if let Some(worker) = worker {
        let _ = worker.await;
    }
    store.close().await;
    tracing::info!("gestopt");
    Ok(Exit::Done)
}

/// Only a worker, on the same database.
pub fn work(arguments: &Arguments, stop: &'static AtomicBool) -> Result<Exit, FileError> {
    let settings = arguments.settle()?;
    crate::serve::logs::start(settings.log_json);
    on_runtime(async move {
        let store = store(&settings).await?;
        let ending = ending(stop);
        println!("Loket rekent voor {}", settings.data.display());
        let worked = dispatch::work(store.clone(), Arc::new(settings), ending).await;
        store.close().await;
        worked.map_err(|error| FileError(format!("Het programma dat rekent is er niet: {error}.")))?;
        Ok(Exit::Done)
    })
}
