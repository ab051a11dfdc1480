//! Sample files, solving them, and numbers from the environment.

use std::path::{Path, PathBuf};

use loket_instances::planning::plan_file::{Loaded, read_plan};
use serde_json::Value;

/// The folder of the sample plans; `None` when it is not there.
pub fn folder() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/cases");
    let folder = std::env::var_os("LOKET_CASES").map_or(beside, PathBuf::from).join("planning");
    if !folder.is_dir() {
        println!("{} is not there: its plans are NOT compared (LOKET_CASES names another folder)", folder.display());
        return None;
    }
    Some(folder)
}

pub fn json(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).expect("a file")).expect("JSON")
}

pub fn load(value: &Value) -> Loaded {
    read_plan(value.to_string().as_bytes()).unwrap_or_else(|refusal| panic!("{refusal}\n{value}"))
}

pub fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// The seed of today, unless `LOKET_SEED` names another one.
pub fn seed() -> u64 {
    let days = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(1, |since| since.as_secs() / 86_400);
    number("LOKET_SEED", days)
}
