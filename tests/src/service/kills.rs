//! Service, worker and the solver's child are killed at seeded moments while people work with them; nothing acknowledged is lost.
//!
//! `LOKET_KILLS` is how many kills there are, 30 without it; `make soak` takes 200.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use tokio::sync::Mutex;
use tokio::task::{JoinSet, block_in_place};
use tokio::time::sleep;

use super::client::{Call, Client};
use super::journey::Traveller;
use super::ledger::Ledger;
use super::processes::{Process, children, folder, lives, signal};
use super::waves;
use crate::support::{Dice, from_environment, nth_seed, seed};

/// Kills between two checks of everything.
const ROUND: u64 = 15;
/// A service that was started answers within this, also on a crowded machine.
const READY: Duration = Duration::from_secs(10);
/// A child whose worker was killed is gone within this.
const ORPHAN: Duration = Duration::from_secs(15);

/// The processes under fire.
struct Site {
    folder: PathBuf,
    service: Process,
    worker: Process,
    client: Client,
    /// How long each start took until the first answer.
    ready: Vec<Duration>,
    orphans: Vec<(u32, Instant)>,
    /// Kills of the service, the worker, the child.
    kills: [u64; 3],
}

impl Site {
    fn new() -> Self {
        let folder = folder("stroomuitval");
        let service = Process::serve(&folder, &["--zonder-werker"]);
        let worker = Process::worker(&folder, &[]);
        let client = Client::new(service.url());
        Self { folder, service, worker, client, ready: Vec::new(), orphans: Vec::new(), kills: [0; 3] }
    }

    async fn kill_service(&mut self) {
        let began = block_in_place(|| {
            self.service.kill();
            let began = Instant::now();
            self.service = Process::serve(&self.folder, &["--zonder-werker"]);
            began
        });
        self.client.moved(self.service.url());
        self.client.sure(&Call::get("/lichtingen?paginaGrootte=1")).await.1.expect(200);
        self.ready.push(began.elapsed());
        self.kills[0] += 1;
    }

    fn kill_worker(&mut self) {
        block_in_place(|| {
            let left = children(self.worker.id());
            self.worker.kill();
            self.orphans.extend(left.into_iter().map(|child| (child, Instant::now())));
            self.worker = Process::worker(&self.folder, &[]);
        });
        self.kills[1] += 1;
    }

    /// Kills the child when there is one within a few seconds.
    async fn kill_child(&mut self) -> bool {
        for _ in 0..300 {
            if let Some(child) = children(self.worker.id()).first() {
                signal(*child, "KILL");
                self.kills[2] += 1;
                return true;
            }
            sleep(Duration::from_millis(10)).await;
        }
        false
    }

    /// Kills something at some moment.
    async fn kill(&mut self, dice: &mut Dice) {
        sleep(Duration::from_millis(30 + dice.throw(700) as u64)).await;
        match dice.throw(3) {
            0 => self.kill_service().await,
            1 => self.kill_worker(),
            _ => {
                if !self.kill_child().await {
                    self.kill_service().await;
                }
            }
        }
    }

    async fn bury(&mut self) {
        for (child, since) in std::mem::take(&mut self.orphans) {
            while lives(child) {
                assert!(since.elapsed() < ORPHAN, "child {child} outlives its worker");
                sleep(Duration::from_millis(50)).await;
            }
        }
    }
}

/// Works until it is over, on one wave after another.
async fn travel(mut traveller: Traveller, over: Arc<AtomicBool>, base: u64, long: bool) {
    let mut count = 0;
    while !over.load(Ordering::SeqCst) {
        count += 1;
        let prefix = format!("{}-{count}", traveller.name);
        let seed = nth_seed(base, count);
        match long {
            true => traveller.long_wave(waves::long(&prefix, seed)).await,
            false => traveller.two_waves(waves::small(&prefix, 12, seed)).await,
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whatever_is_killed_nothing_acknowledged_is_lost_and_every_run_ends_truly() {
    let (base, wanted) = (seed(), from_environment("LOKET_KILLS").unwrap_or(30));
    println!("LOKET_SEED={base} LOKET_KILLS={wanted}");
    let mut site = Site::new();
    let ledger = Arc::new(Mutex::new(Ledger::default()));
    let mut dice = Dice::new(nth_seed(base, 5));
    let mut done = 0;
    for round in 0.. {
        let over = Arc::new(AtomicBool::new(false));
        let mut travellers = JoinSet::new();
        for (number, long) in [false, false, true].into_iter().enumerate() {
            let traveller = Traveller {
                client: site.client.clone(),
                ledger: ledger.clone(),
                dice: Dice::new(nth_seed(base, 100 * round + number as u64)),
                name: format!("r{round}u{number}"),
                keys: 0,
            };
            travellers.spawn(travel(traveller, over.clone(), nth_seed(base, 1_000 + 10 * round + number as u64), long));
        }
        for _ in 0..ROUND.min(wanted - done) {
            site.kill(&mut dice).await;
            done += 1;
        }
        over.store(true, Ordering::SeqCst);
        while let Some(ended) = travellers.join_next().await {
            ended.expect("nobody met what must not be");
        }
        site.bury().await;
        ledger.lock().await.check(&site.client, &site.folder.join("loket.sqlite")).await;
        if done >= wanted {
            break;
        }
    }
    let ledger = ledger.lock().await;
    let [waves, runs, decisions, published, batches] = ledger.sizes();
    println!("kills of service, worker, child: {:?}; runs ended: {:?}", site.kills, ledger.ends);
    println!("acknowledged: {waves} waves, {runs} runs, {decisions} decisions, {published} published, {batches} batches");
    site.ready.sort();
    if let (Some(median), Some(worst)) = (site.ready.get(site.ready.len() / 2), site.ready.last()) {
        println!("ready after a kill: median {median:?}, worst {worst:?} of {}", site.ready.len());
        assert!(*worst < READY, "{worst:?}");
    }
    assert_eq!(site.kills.iter().sum::<u64>(), wanted);
    assert!(waves > 0 && runs > 0 && decisions > 0, "something was acknowledged");
    assert_eq!((site.worker.end(), site.service.end()), (0, 0));
}
