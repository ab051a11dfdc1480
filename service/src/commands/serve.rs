//! `loket serve` and `loket worker`: the HTTP service, and a worker apart.

use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::net::{TcpListener, TcpSocket};
use tokio_util::sync::CancellationToken;

use super::manager::Manager;
use super::shared::only_file;
use crate::access::Role;
use crate::api::router;
use crate::console;
use crate::exit::Exit;
use crate::files::{self, FileError};
use crate::serve::app::App;
use crate::serve::demo::Stage;
use crate::serve::demo::days::Calendar;
use crate::serve::listen::listen;
use crate::serve::settings::{Layer, Settings, read, settle};
use crate::store::{Clock, Store};
use crate::trouble::cause;
use crate::work::dispatch;

/// How long the database may give no connection while it takes new ones, and how often that is looked at.
const STARVED: Duration = Duration::from_secs(60);
const LOOK: Duration = Duration::from_secs(5);
/// How long the database gets to close.
const CLOSING: Duration = Duration::from_secs(5);

/// What can be typed after `loket serve` and `loket worker`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Instellingen")]
pub struct Arguments {
    /// Bestand met instellingen (TOML); de omgeving en wat getypt is gaan voor
    #[arg(long, value_name = "BESTAND", env = "LOKET_INSTELLINGEN")]
    pub instellingen: Option<PathBuf>,
    /// Begin met een nieuw gegevensbestand en vul het met drie lichtingen; zegt met welke adressen u binnenkomt
    #[arg(long)]
    pub demo: bool,
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
        let mut over = self.layer.clone();
        if self.demo {
            over.gegevens = over.gegevens.or_else(|| Some("demo/loket.sqlite".into()));
        }
        settle(over, under).map_err(|wrong| FileError(wrong.join("\n")))
    }
}

/// Runs something asynchronous to its end.
pub fn on_runtime<T>(work: impl Future<Output = Result<T, FileError>>) -> Result<T, FileError> {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    // A thread that did something large gives its memory back when it ends.
    let runtime = runtime.worker_threads(4).thread_keep_alive(Duration::from_millis(500)).enable_all().build();
    let runtime = runtime.map_err(|error| FileError(format!("Het programma kan niet starten: {}.", cause(&error))))?;
    let done = runtime.block_on(work);
    runtime.shutdown_timeout(Duration::from_secs(2));
    done
}

/// Opens the store of these settings.
pub async fn store(settings: &Settings) -> Result<Store, FileError> {
    open(settings, Clock::default()).await
}

async fn open(settings: &Settings, clock: Clock) -> Result<Store, FileError> {
    let opened = Store::open(&settings.data, clock).await;
    opened.map_err(|error| FileError(format!("{}: {error}.", settings.data)))
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
    let settings = Settings { demo: arguments.demo, ..arguments.settle()? };
    crate::serve::logs::start(settings.log_json);
    crate::serve::metrics::install();
    if arguments.demo {
        fresh(only_file(&settings.data, "een eigen database")?)?;
    }
    on_runtime(serve(settings, arguments.demo, stop))
}

/// Takes away what an earlier demo kept: only a file that a demo made, never somebody's data.
fn fresh(data: &Path) -> Result<(), FileError> {
    let shown = files::shown(data);
    let cannot = |error: std::io::Error| FileError(format!("{shown} kan niet vernieuwd worden: {}.", cause(&error)));
    let mark = data.with_extension("demo");
    if mark == data {
        return Err(FileError(format!("{shown} kan geen gegevensbestand van een demo zijn; kies een naam die niet op .demo eindigt.")));
    }
    if data.exists() && !mark.exists() {
        return Err(FileError(format!("{shown} bestaat al en is niet van een demo; kies met --gegevens een ander bestand.")));
    }
    for ending in ["", "-wal", "-shm"] {
        let mut name = data.as_os_str().to_owned();
        name.push(ending);
        match std::fs::remove_file(&name) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(cannot(error)),
            _ => {}
        }
    }
    if let Some(folder) = data.parent().filter(|it| !it.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(cannot)?;
    }
    std::fs::write(&mark, "Dit bestand zegt dat de gegevens ernaast van een demo zijn.\n").map_err(cannot)
}

/// Connections that may wait to be taken in. The usual 128 are full at once when many come together, and whoever comes then is heard a
/// second later, when its system asks again.
const LINE: u32 = 4_096;

fn listening(address: std::net::SocketAddr) -> std::io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(LINE)
}

/// The service: listens, and works unless told otherwise.
pub async fn serve(settings: Settings, demo: bool, stop: &'static AtomicBool) -> Result<Exit, FileError> {
    let calendar = Calendar::default();
    let clock = if demo { Clock::beside(calendar.beside()) } else { Clock::default() };
    let store = open(&settings, clock).await?;
    // Where several processes serve one database, others are at work; what a process that fell left is taken over after a minute.
    if store.path().is_some() {
        forget_unfinished(&store).await.map_err(|error| FileError(format!("{error}.")))?;
    }
    let cannot = |error: std::io::Error| FileError(format!("Op {} kan niet geluisterd worden: {}.", settings.address, cause(&error)));
    let listener = listening(settings.address).map_err(cannot)?;
    let address = listener.local_addr().map_err(cannot)?;
    let ending = ending(stop);
    let app = App { ending: ending.clone(), ..App::new(store.clone(), settings.clone()) };
    let watch = tokio::spawn(watched(store.clone(), ending.clone()));
    let manager = told(&ending);
    let worker = settings.works.then(|| tokio::spawn(dispatch::work(store.clone(), Arc::new(settings.clone()), ending.clone())));
    // Whoever started this reads where it listens: the port may have been chosen by the system.
    console::announce(format_args!("Loket luistert op http://{address}\n"));
    tracing::info!(adres = %address, versie = env!("CARGO_PKG_VERSION"), "gestart");
    if let Some(manager) = manager {
        manager.ready();
    }
    if !demo {
        welcome(&store, &settings).await?;
    }
    let doors = app.doors.clone();
    let router = router(app);
    let stage = Stage { router: router.clone(), store: store.clone(), calendar, doors };
    let filling = demo.then(|| tokio::spawn(fill(stage, format!("http://{address}"))));
    listen(listener, router, &settings, ending).await;
    if let Some(filling) = filling {
        filling.abort();
    }
    if let Some(worker) = worker {
        let _ = worker.await;
    }
    closed(&store).await;
    tracing::info!("gestopt");
    after(watch).await
}

/// Tells systemd, where that started the program, from now on that it turns, and later that it ends.
fn told(ending: &CancellationToken) -> Option<Arc<Manager>> {
    let manager = Manager::there()?;
    tokio::spawn(manager.clone().turning());
    let (told, ending) = (manager.clone(), ending.clone());
    tokio::spawn(async move {
        ending.cancelled().await;
        told.ending();
    });
    Some(manager)
}

/// Ends the process when its connections are used up and do not come back: whoever started it starts it again. Whether it did.
async fn watched(store: Store, ending: CancellationToken) -> bool {
    loop {
        tokio::select! {
            () = ending.cancelled() => return false,
            () = tokio::time::sleep(LOOK) => {}
        }
        if store.starved(STARVED).await {
            tracing::error!("geen verbinding met de database meer vrij, terwijl zij nieuwe aanneemt");
            ending.cancel();
            return true;
        }
    }
}

/// How a process ends that was [`watched`].
async fn after(watch: tokio::task::JoinHandle<bool>) -> Result<Exit, FileError> {
    if watch.await.unwrap_or(false) {
        let what =
            "De verbindingen met de database raakten op en kwamen niet terug; het programma is gestopt om opnieuw gestart te worden.";
        return Err(FileError(what.into()));
    }
    Ok(Exit::Done)
}

/// Closes the database. What is not closed in time is left as a power cut leaves it, and is read again at the next start.
async fn closed(store: &Store) {
    if tokio::time::timeout(CLOSING, store.close()).await.is_err() {
        tracing::warn!("het gegevensbestand sloot niet op tijd");
    }
}

/// Requests whose handler went down with the service may be sent again. Ids that follow from the key see to it that what was made already is
/// not made twice; what cannot be done twice is remembered.
async fn forget_unfinished(store: &Store) -> crate::store::Result<()> {
    let mut change = store.change().await?;
    change.forget_unfinished_requests(None).await?;
    change.commit().await
}

/// Nobody can do anything with a service that has no administrator and no tokens: whoever started it reads how to make the first.
async fn welcome(store: &Store, settings: &Settings) -> Result<(), FileError> {
    let administrators = store.read().holders(Role::Beheerder).await.map_err(|error| FileError(format!("{error}.")))?;
    if administrators == 0 {
        let data = &settings.data;
        console::announce(format_args!(
            "Er is nog geen beheerder. Maak de eerste, terwijl de dienst draait:\n   \
             loket toegang account --rol beheerder --naam 'UW NAAM' --adres UW-ADRES --gegevens '{data}'\n\
             Een sleutel voor een script:\n   \
             loket toegang token --rol intermediair --naam script --gegevens '{data}'\n"
        ));
    }
    Ok(())
}

/// Fills the demo and tells what to open.
async fn fill(stage: Stage, address: String) {
    let told = async { stage.told(&stage.fill().await?, &address).await };
    match told.await {
        Ok(told) => console::announce(format_args!("{told}\n")),
        Err(why) => console::line(format_args!("De demo kon niet gevuld worden: {why}.")),
    }
}

/// Only a worker, on the same database.
pub fn work(arguments: &Arguments, stop: &'static AtomicBool) -> Result<Exit, FileError> {
    let settings = arguments.settle()?;
    crate::serve::logs::start(settings.log_json);
    on_runtime(async move {
        let store = store(&settings).await?;
        let ending = ending(stop);
        console::announce(format_args!("Loket rekent voor {}\n", settings.data));
        if let Some(manager) = told(&ending) {
            manager.ready();
        }
        let watch = tokio::spawn(watched(store.clone(), ending.clone()));
        let worked = dispatch::work(store.clone(), Arc::new(settings), ending.clone()).await;
        ending.cancel();
        closed(&store).await;
        worked.map_err(|error| FileError(format!("Het programma dat rekent is er niet: {}.", cause(&error))))?;
        after(watch).await
    })
}
