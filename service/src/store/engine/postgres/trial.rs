//! A server for tests: one for each process that runs them, started by `.ci/postgres` and gone with that process; a database for each test,
//! made of one that has the tables already.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection};
use tokio::sync::OnceCell;

use super::{Address, Server};
use crate::store::engine::Engine;

struct Running {
    socket: String,
    /// The server ends when this is closed.
    _open: ChildStdin,
    _server: Child,
}

static RUNNING: OnceLock<Option<Running>> = OnceLock::new();
static MODEL: OnceCell<()> = OnceCell::const_new();
static NUMBER: AtomicUsize = AtomicUsize::new(0);

fn running() -> Option<&'static Running> {
    let started = || {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../.ci/postgres");
        let mut child = Command::new(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect(".ci/postgres starts");
        let (open, out) = (child.stdin.take().expect("piped"), child.stdout.take().expect("piped"));
        let mut line = String::new();
        BufReader::new(out).read_line(&mut line).expect("it says where its socket is");
        if !line.trim().is_empty() {
            return Some(Running { socket: line.trim().to_owned(), _open: open, _server: child });
        }
        drop(open);
        let status = child.wait().expect("it ended");
        let must = ["CI", "LOKET_CI"].iter().any(|name| std::env::var_os(name).is_some());
        assert!(!must, "PostgreSQL must be there, and is not ({status}): .ci/setup tests installs it");
        // Past what the tests' own program holds back.
        let _ = writeln!(
            std::io::stderr(),
            "PostgreSQL IS NOT THERE: its half of the tests of the store tested nothing (.ci/setup tests installs it)"
        );
        None
    };
    RUNNING.get_or_init(started).as_ref()
}

/// Whether there is a PostgreSQL to test on; where there is none that was told.
pub(crate) fn is_there() -> bool {
    running().is_some()
}

fn at(running: &Running, database: &str) -> String {
    format!("postgres://loket@{}/{database}", running.socket.replace('/', "%2F"))
}

/// Runs a statement in a database as its owner, past the program.
pub(crate) async fn past(address: &str, statements: &[&str]) -> Result<u64, String> {
    let mut connection = PgConnection::connect(address).await.expect("the database is there");
    let mut rows = 0;
    for statement in statements {
        let done = sqlx::query(AssertSqlSafe((*statement).to_owned())).execute(&mut connection).await;
        rows = done.map_err(|error| error.to_string())?.rows_affected();
    }
    connection.close().await.expect("it closes");
    Ok(rows)
}

/// The address of a new database without tables.
pub(crate) async fn empty() -> String {
    let running = running().expect("only asked where it is there");
    let name = format!("proef_{}", NUMBER.fetch_add(1, Ordering::SeqCst));
    past(&at(running, "postgres"), &[&format!("CREATE DATABASE {name}")]).await.expect("a database");
    at(running, &name)
}

/// The address of a new database with the tables of today.
pub(crate) async fn filled() -> String {
    let running = running().expect("only asked where it is there");
    let model = async {
        past(&at(running, "postgres"), &["CREATE DATABASE model_van_loket"]).await.expect("a database");
        let address = Address::read(&at(running, "model_van_loket")).expect("an address");
        let server = Server::open(&address).await.expect("the tables");
        server.close().await.expect("nobody is left in it");
    };
    MODEL.get_or_init(|| model).await;
    let name = format!("proef_{}", NUMBER.fetch_add(1, Ordering::SeqCst));
    let made = format!("CREATE DATABASE {name} TEMPLATE model_van_loket");
    past(&at(running, "postgres"), &[&made]).await.expect("a database");
    at(running, &name)
}
