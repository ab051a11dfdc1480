//! What several proofs need: seeds from the environment, waves from generators and files, and plans by the ids of their file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use loket_instances::matching::read::{Loaded, read_wave};
use loket_service::access::{Role, secret};
use loket_service::records::account::{Account, Held, Token};
use loket_service::store::{Clock, Store, ids};
use loket_solver::matching::facts::ids::CandidateId;
use loket_solver::matching::facts::plan::Plan;
use loket_solver::matching::facts::wave::Wave;
use serde_json::Value;

use super::database;

/// The store that is kept in a file, or in the database that stands for it: the one place where tests of the service open one.
pub async fn kept_in(file: &Path, clock: Clock) -> Store {
    Store::open(database::place(file), clock).await.expect("a store opens")
}

/// Lets whoever sends this token in, as an intermediary whose account has that word for an id. A store that has it already stays as it is.
pub async fn let_in(store: &Store, token: &str) {
    let held = vec![Held { role: Role::Intermediair, of: String::new() }];
    let account = Account {
        id: "intermediair".into(),
        name: "proef".into(),
        address: None,
        password: None,
        factor: None,
        factor_step: 0,
        roles: held,
        made: 0,
        ended: None,
        version: 1,
    };
    let mut change = store.change().await.expect("a change");
    if change.add_account(&account).await.expect("an account is kept") {
        let (id, name) = (ids::new(), "proef".to_owned());
        // The clock of a test may be set far ahead.
        let until = 253_370_764_800_000;
        let token_kept = Token { id, account: account.id, name, role: Role::Intermediair, made: 0, until, used: None, ended: None };
        change.add_token(&token_kept, &secret::hash(token)).await.expect("a token is kept");
    }
    change.commit().await.expect("it is kept");
}

/// The same for the file `loket.sqlite` in a folder, before a program starts on it; once, so that a program that was killed finds its file as
/// it left it.
pub fn let_in_at(folder: &Path, token: &str) {
    let mark = folder.join("binnengelaten");
    if mark.exists() {
        return;
    }
    let file = folder.join("loket.sqlite");
    let token = token.to_owned();
    let made = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let store = kept_in(&file, Clock::default()).await;
            let_in(&store, &token).await;
            store.close().await;
        });
    });
    made.join().expect("it is kept");
    std::fs::write(mark, "").expect("the folder can be written");
}

/// The seed of this run: `LOKET_SEED`, else a fixed one.
pub fn seed() -> u64 {
    from_environment("LOKET_SEED").unwrap_or(2026)
}

/// How many tiny waves this run takes: `LOKET_TINY`, else 500.
pub fn tiny_count() -> u64 {
    from_environment("LOKET_TINY").unwrap_or(500)
}

/// How many tiny waves the tests of explanations and reruns take: `LOKET_EXPLAIN`, else 40.
pub fn explain_count() -> u64 {
    from_environment("LOKET_EXPLAIN").unwrap_or(40)
}

/// A whole number from the environment; panics when it is something else.
pub fn from_environment(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    match text.trim().parse() {
        Ok(number) => Some(number),
        Err(_) => panic!("{name} is not a whole number: {text}"),
    }
}

/// The n-th seed of a run: neighbouring runs share none of their first million.
pub fn nth_seed(base: u64, n: u64) -> u64 {
    base.wrapping_mul(1_000_003).wrapping_add(n)
}

/// The root of the workspace.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests crate lies in the workspace").to_path_buf()
}

/// Reads a wave that must be valid; panics with every problem otherwise.
pub fn load(json: &Value) -> Loaded {
    let bytes = serde_json::to_vec(json).expect("a JSON value is written");
    load_bytes(&bytes)
}

/// Reads the bytes of a wave that must be valid; panics with every problem otherwise.
pub fn load_bytes(bytes: &[u8]) -> Loaded {
    match read_wave(bytes) {
        Ok(loaded) => loaded,
        Err(refusal) => {
            let problems: Vec<String> =
                refusal.problems.iter().map(|problem| format!("{} at {}: {}", problem.code, problem.pointer, problem.what)).collect();
            panic!("a wave is refused:\n{}", problems.join("\n"));
        }
    }
}

/// The ids in the file of these candidates.
pub fn names(wave: &Wave, candidates: &[CandidateId]) -> Vec<String> {
    candidates.iter().map(|&candidate| wave.candidates[candidate].id.clone()).collect()
}

/// A plan as candidate id → school id, seat group id, coach id.
pub fn by_id(wave: &Wave, plan: &Plan) -> BTreeMap<String, (String, String, String)> {
    plan.pairs()
        .filter_map(|(candidate, placement)| {
            let placement = (*placement)?;
            let seat = &wave.seats[placement.seat];
            Some((
                wave.candidates[candidate].id.clone(),
                (wave.schools[seat.school].id.clone(), seat.id.clone(), wave.coaches[placement.coach].id.clone()),
            ))
        })
        .collect()
}

/// Writes a wave on which answers differ to the target folder and says where it is.
pub fn keep_wave(name: &str, json: &Value) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let text = serde_json::to_string_pretty(json).expect("a JSON value is written");
    std::fs::write(&path, text).expect("the target folder can be written");
    path
}

/// Seeded numbers for shuffling and mutating: SplitMix64 (Steele, Lea & Flood, 2014), the same on every machine.
pub struct Dice(u64);

impl Dice {
    /// Dice that throw the same series for the same seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `sides`, which is at least 1.
    pub fn throw(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        usize::try_from(z % sides as u64).expect("below sides")
    }

    /// Shuffles in place (Fisher–Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.throw(last + 1));
        }
    }
}
