//! What tests of the store need: an empty folder, a store in it, small waves, and every test once for each database ([`on_both`]).

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::json;

use super::engine::postgres::trial as server;
use super::engine::sqlite::trial as file;
use super::engine::values;
use super::{Clock, Place, Store};
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

/// A database that a test runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum On {
    /// A file.
    Sqlite,
    /// A server.
    Postgres,
}

/// Where one test keeps things: an empty database of its own.
pub(crate) struct Base {
    folder: Folder,
    place: Place,
    address: Option<String>,
}

impl On {
    /// A database with the tables of today and nothing in it.
    pub(crate) async fn base(self) -> Base {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let folder = Folder::new(&format!("proef-{}", NUMBER.fetch_add(1, Ordering::SeqCst)));
        let (place, address) = match self {
            Self::Sqlite => (Place::File(folder.at("loket.sqlite")), None),
            Self::Postgres => {
                let address = server::filled().await;
                (address.as_str().into(), Some(address))
            }
        };
        Base { folder, place, address }
    }
}

impl Base {
    /// Where it is.
    pub(crate) fn place(&self) -> &Place {
        &self.place
    }

    /// A store on it.
    pub(crate) async fn open(&self) -> Store {
        self.open_at(Clock::default()).await
    }

    /// A store on it with this clock.
    pub(crate) async fn open_at(&self, clock: Clock) -> Store {
        Store::open(&self.place, clock).await.expect("a store opens")
    }

    /// A store that only reads it.
    pub(crate) async fn to_read(&self) -> Store {
        Store::open_to_read(&self.place).await.expect("a store opens")
    }

    /// The bytes of the file, where it is one.
    pub(crate) fn bytes(&self) -> Option<Vec<u8>> {
        self.address.is_none().then(|| std::fs::read(self.folder.at("loket.sqlite")).expect("the file"))
    }

    /// Runs a statement past the program; what the database says against it.
    pub(crate) async fn past(&self, statement: &str) -> Result<u64, String> {
        match &self.address {
            Some(address) => server::past(address, &[statement]).await,
            None => file::past(&self.folder.at("loket.sqlite"), &[statement]).await,
        }
    }

    /// Runs a statement as somebody who owns the database would: triggers and references do not stop him.
    pub(crate) async fn tamper(&self, statements: &[&str]) {
        for statement in statements {
            let rows = match &self.address {
                Some(address) => server::past(address, &["SET session_replication_role = replica", statement]).await,
                None => {
                    let names = ["logboek_blijft", "logboek_groeit", "logboek_inhoud_blijft", "logboek_inhoud_gewist"];
                    let gone = names.map(|name| format!("DROP TRIGGER IF EXISTS {name}"));
                    let all: Vec<&str> = gone.iter().map(String::as_str).chain([*statement]).collect();
                    file::past(&self.folder.at("loket.sqlite"), &all).await
                }
            };
            assert!(rows.expect("it is done") > 0, "{statement} does something");
        }
    }
}

/// Every table with its columns and whether each is a number, a text or bytes, as the database says.
pub(crate) async fn tables(store: &Store) -> BTreeMap<String, BTreeSet<(String, &'static str)>> {
    let sql = match store.path() {
        // Also columns that follow from others.
        Some(_) => {
            "SELECT m.name AS tabel, c.name AS kolom, c.type AS soort FROM sqlite_schema m JOIN pragma_table_xinfo(m.name) c \
                    WHERE m.type = 'table'"
        }
        None => {
            "SELECT CAST(table_name AS TEXT) AS tabel, CAST(column_name AS TEXT) AS kolom, CAST(data_type AS TEXT) AS soort \
                 FROM information_schema.columns WHERE table_schema = current_schema()"
        }
    };
    let mut tables: BTreeMap<String, BTreeSet<_>> = BTreeMap::new();
    for row in store.read().rows(sql, values![]).await.expect("tables") {
        let kind = match row.text("soort").expect("a kind").to_lowercase().as_str() {
            "integer" | "bigint" => "number",
            "text" => "text",
            "blob" | "bytea" => "bytes",
            _ => "other",
        };
        let of = tables.entry(row.string("tabel").expect("a table")).or_default();
        of.insert((row.string("kolom").expect("a column"), kind));
    }
    tables
}

/// Runs tests once for each database: each is an `async fn` that takes an [`On`]. One that is not listed is never run, and that is a warning
/// that the house takes for an error.
macro_rules! on_both {
    ($($name:ident),+ $(,)?) => { $(
        mod $name {
            use $crate::store::trial::On;

            #[tokio::test]
            async fn sqlite() {
                super::$name(On::Sqlite).await;
            }

            #[tokio::test]
            async fn postgres() {
                if $crate::store::engine::postgres::trial::is_there() {
                    super::$name(On::Postgres).await;
                }
            }
        }
    )+ };
}
pub(crate) use on_both;

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
