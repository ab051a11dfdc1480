//! Whether a worker lives does not depend on what time its machine thinks it is.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use crate::support::kept_in;
use loket_service::access::Caller;
use loket_service::actions::jobs::{Watched, ask_stop, claim, recover, renew};
use loket_service::actions::runs::{Wish, ask};
use loket_service::actions::{Asked, waves as actions};
use loket_service::desk::prepare::Changes;
use loket_service::desk::sound::Sound;
use loket_service::records::job::{Claim, Job, State};
use loket_service::store::{Clock, Store};
use loket_service::work::Lane;

use super::processes::folder;
use super::waves;

const HOUR: i64 = 3_600_000;

/// A run in line, and the clock that its store goes by.
struct Scene {
    store: Store,
    calendar: Arc<AtomicI64>,
    run: String,
}

impl Scene {
    async fn new(name: &str) -> Self {
        let calendar = Arc::new(AtomicI64::new(1_790_000_000_000));
        let store = kept_in(&folder(name).join("loket.sqlite"), Clock::set(calendar.clone())).await;
        let asked = Asked { caller: Caller::machine("proef"), key: None };
        let sound = Sound::read(waves::small("a", 6, 1).to_string().as_bytes()).expect("a wave file");
        let made = actions::make(&store, &asked, &sound, ("2026-08-01", "2027-07-31"), 5).await.expect("it is kept").wave;
        actions::submit(&store, &asked, &made.id, 1).await.expect("it is submitted");
        let wish = Wish { seconds: None, changes: Changes::AsWave };
        let run = ask(&store, &asked, &made.id, wish, 10).await.expect("it is in line").job.id;
        Self { store, calendar, run }
    }

    fn jump(&self, by: i64) {
        self.calendar.fetch_add(by, Ordering::SeqCst);
    }

    async fn claimed(&self) -> Claim {
        claim(&self.store, Lane::Runs, "een").await.expect("an answer").expect("the run")
    }

    async fn job(&self) -> Job {
        self.store.read().job(&self.run).await.expect("an answer").expect("the run")
    }

    /// Looks when the pulse stood still so long, and once it is sure that it is not the disk.
    async fn gone_at(&self, watched: &mut Watched, still: Instant) -> usize {
        assert_eq!(self.recover(watched, still - Duration::from_millis(1)).await, 0);
        assert_eq!(self.recover(watched, still).await, 0);
        assert_eq!(self.recover(watched, still + Watched::PROVEN - Duration::from_millis(1)).await, 0);
        self.recover(watched, still + Watched::PROVEN).await
    }

    async fn recover(&self, watched: &mut Watched, now: Instant) -> usize {
        recover(&self.store, watched, &HashSet::new(), now).await.expect("an answer")
    }
}

#[tokio::test]
async fn a_clock_that_jumps_takes_no_job_from_a_worker_that_lives() {
    let scene = Scene::new("sprong").await;
    let held = scene.claimed().await;
    // Another process watches.
    let (mut watched, began) = (Watched::default(), Instant::now());
    for second in 0..30_u64 {
        scene.jump([HOUR, -2 * HOUR, 24 * HOUR][second as usize % 3]);
        assert_eq!(renew(&scene.store, &held).await.expect("an answer"), Some(false));
        assert_eq!(scene.recover(&mut watched, began + Duration::from_secs(5 * second)).await, 0);
    }
    let job = scene.job().await;
    assert_eq!((job.state, job.attempts), (State::Bezig, 1));
    scene.store.close().await;
}

#[tokio::test]
async fn a_job_in_hand_is_not_taken_by_its_own_process_whatever_it_could_write() {
    let scene = Scene::new("in-de-hand").await;
    let held = scene.claimed().await;
    let (mut watched, began) = (Watched::default(), Instant::now());
    let hands = HashSet::from([held.id.clone()]);
    for second in [0, 10, 1_000] {
        let now = began + Duration::from_secs(second);
        assert_eq!(recover(&scene.store, &mut watched, &hands, now).await.expect("an answer"), 0);
    }
    // Let go without an end, it waits no longer than that of another.
    let let_go = began + Duration::from_secs(1_001);
    assert_eq!(scene.recover(&mut watched, let_go).await, 0);
    assert_eq!(scene.gone_at(&mut watched, let_go + Watched::STILL).await, 1);
    scene.store.close().await;
}

#[tokio::test]
async fn the_job_of_a_worker_that_fell_while_the_clock_was_ahead_is_taken_up_within_seconds() {
    let scene = Scene::new("vooruit").await;
    scene.jump(HOUR);
    scene.claimed().await;
    scene.jump(-HOUR);
    // The next process: it knows nothing yet.
    let (mut watched, began) = (Watched::default(), Instant::now());
    assert_eq!(scene.recover(&mut watched, began).await, 0);
    assert_eq!(scene.gone_at(&mut watched, began + Watched::STILL).await, 1);
    let job = scene.job().await;
    assert_eq!((job.state, job.attempts), (State::Wachtrij, 1));
    assert_eq!(scene.claimed().await.attempt, 2);
    scene.store.close().await;
}

#[tokio::test]
async fn who_stops_a_job_whose_worker_fell_gets_it_stopped() {
    let scene = Scene::new("vooruit-afgebroken").await;
    scene.jump(HOUR);
    scene.claimed().await;
    scene.jump(-HOUR);
    let (mut watched, began) = (Watched::default(), Instant::now());
    assert_eq!(scene.recover(&mut watched, began).await, 0);
    let mut change = scene.store.change().await.expect("a change");
    assert_eq!(ask_stop(&mut change, &scene.job().await).await.expect("an answer"), State::Bezig);
    change.commit().await.expect("it is kept");
    assert_eq!(scene.gone_at(&mut watched, began + Watched::STILL).await, 1);
    assert_eq!(scene.job().await.state, State::Afgebroken);
    scene.store.close().await;
}

#[tokio::test]
async fn a_pulse_that_moves_again_begins_anew() {
    let scene = Scene::new("hapert").await;
    let held = scene.claimed().await;
    let (mut watched, began) = (Watched::default(), Instant::now());
    let at = |second| began + Duration::from_secs(second);
    assert_eq!(scene.recover(&mut watched, at(0)).await, 0);
    assert_eq!(scene.recover(&mut watched, at(5)).await, 0, "it stands still, and a change is taken");
    renew(&scene.store, &held).await.expect("an answer");
    assert_eq!(scene.recover(&mut watched, at(8)).await, 0, "it moved since");
    assert_eq!(scene.gone_at(&mut watched, at(12)).await, 1);
    assert_eq!(renew(&scene.store, &held).await.expect("an answer"), None, "and who comes back hears that it is not his any more");
    scene.store.close().await;
}

#[tokio::test]
async fn while_the_watcher_cannot_reach_the_file_it_takes_nobody_for_gone() {
    if crate::database::only_of_files("while_the_watcher_cannot_reach_the_file_it_takes_nobody_for_gone") {
        return;
    }
    let scene = Scene::new("onbereikbaar").await;
    let held = scene.claimed().await;
    let (mut watched, began) = (Watched::default(), Instant::now());
    let at = |second| began + Duration::from_secs(second);
    assert_eq!(scene.recover(&mut watched, at(0)).await, 0);
    assert_eq!(scene.recover(&mut watched, at(5)).await, 0);
    let here = scene.store.path().expect("a file").to_path_buf();
    let away = here.with_extension("weg");
    std::fs::rename(&here, &away).expect("it is moved");
    assert!(recover(&scene.store, &mut watched, &HashSet::new(), at(60)).await.is_err());
    std::fs::rename(&away, &here).expect("it is back");
    assert_eq!(scene.recover(&mut watched, at(61)).await, 0, "nor could the worker write meanwhile");
    assert_eq!(renew(&scene.store, &held).await.expect("an answer"), Some(false));
    scene.store.close().await;
}
