//! What tests of the store need: an empty folder, a store in it, and small waves.

use std::path::PathBuf;

use serde_json::json;

use super::{Clock, Store};
use crate::access::Caller;
use crate::records::deed::Deed;
use crate::records::wave::Wave;

/// An empty folder that is removed at the end.
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// One for this test.
    pub(crate) fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("loket-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("the temporary folder can be written");
        Self(folder)
    }

    /// A file in it.
    pub(crate) fn at(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// The names of the files in it, in order.
    pub(crate) fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.0).expect("the folder is there");
        let mut names: Vec<String> = entries.map(|it| it.expect("readable").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A store in a file of the folder.
pub(crate) async fn store(folder: &Folder, name: &str) -> Store {
    Store::open(&folder.at(name), Clock::default()).await.expect("a store opens")
}

/// Keeps a wave with this id, which writes one line in the log.
pub(crate) async fn add(store: &Store, id: &str) {
    let mut change = store.change().await.expect("a change begins");
    let input = change.keep_input(json!({ "id": id }).to_string().as_bytes()).await.expect("the store takes a file");
    let new = Wave::concept(id, id, "opleiding", ("2026-09-01", "2027-08-31"), input, store.clock().now());
    assert!(change.add_wave(&new).await.expect("the store takes a wave"), "{id} is new");
    change.log(&Caller::machine("proef"), id, &Deed::WaveMade { input: &new.input }).await.expect("the log takes a line");
    change.commit().await.expect("it is kept");
}
