//! Where the data of a test are: the file `loket.sqlite` in its folder, or, with `LOKET_TEST_DATABASE=postgres`, a database of its own on a
//! server that runs as long as the tests (`.ci/postgres`). So every test of the service is one of both databases, and none can be forgotten.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{LazyLock, Mutex, PoisonError};

use loket_service::store::Place;

use crate::support::root;

struct Server {
    asks: ChildStdin,
    answers: BufReader<ChildStdout>,
    made: u32,
    _child: Child,
}

static SERVER: LazyLock<Mutex<Server>> = LazyLock::new(|| Mutex::new(Server::start().0));

impl Server {
    /// One that has started, and the folder of its socket.
    fn start() -> (Self, String) {
        let mut child =
            Command::new(root().join(".ci/postgres")).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect(".ci/postgres starts");
        let (asks, answers) = (child.stdin.take().expect("piped"), child.stdout.take().expect("piped"));
        let mut server = Self { asks, answers: BufReader::new(answers), made: 0, _child: child };
        let folder = server.line();
        assert!(!folder.is_empty(), "PostgreSQL must be there, and is not: .ci/setup tests installs it");
        (server, folder)
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.answers.read_line(&mut line).expect("it says text");
        line.trim().to_owned()
    }

    fn asked(&mut self, what: &str) -> String {
        writeln!(self.asks, "{what}").expect("it listens");
        self.line()
    }

    fn database(&mut self) -> String {
        self.made += 1;
        let name = format!("dienst_{}", self.made);
        self.asked(&name)
    }
}

/// A database server for one test alone, with one database whose owner is an ordinary user: for what would trouble other tests.
pub struct Own {
    server: Server,
    folder: PathBuf,
    keeper: String,
}

impl Own {
    /// A server whose database holds the data that are kept in this file.
    pub fn start(file: &Path) -> Self {
        let (mut server, folder) = Server::start();
        let keeper = server.database();
        let own = Self { server, folder: folder.into(), keeper };
        own.says("CREATE ROLE stad LOGIN");
        own.says(&format!("ALTER DATABASE {} OWNER TO stad", own.keeper.rsplit_once('/').expect("a name").1));
        std::fs::write(file.with_extension("database"), own.keeper.replace("loket@", "stad@")).expect("the folder can be written");
        own
    }

    /// What its keeper says in the database, past every service; the answer.
    pub fn says(&self, sql: &str) -> String {
        let done = Command::new("psql").args(["-q", "-A", "-t", "-c", sql, &self.keeper]).output().expect("psql starts");
        assert!(done.status.success(), "{sql}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8_lossy(&done.stdout).trim().to_owned()
    }

    /// It stops as in a crash, and starts again.
    pub fn restart(&mut self) {
        assert_eq!(self.server.asked("!herstart"), "klaar");
    }

    /// The socket of a second server that follows it and has all it has now.
    pub fn standby(&mut self) -> PathBuf {
        let folder = PathBuf::from(self.server.asked("!bijloper"));
        self.followed();
        folder.join(".s.PGSQL.5432")
    }

    /// Waits until the second server has all that the first one wrote.
    pub fn followed(&mut self) {
        for _ in 0..300 {
            if self.says("SELECT COUNT(*) FROM pg_stat_replication WHERE replay_lsn >= pg_current_wal_lsn()") == "1" {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        panic!("the second server of {} does not follow", self.folder.display());
    }

    /// The second server takes over.
    pub fn promote(&mut self) {
        assert_eq!(self.server.asked("!promotie"), "klaar");
    }
}

/// Whether these tests run on PostgreSQL.
pub fn on_postgres() -> bool {
    match std::env::var("LOKET_TEST_DATABASE").as_deref() {
        Ok("postgres") => true,
        Ok("sqlite") | Err(_) => false,
        Ok(other) => panic!("LOKET_TEST_DATABASE is sqlite or postgres, and not {other}"),
    }
}

/// Says that a test is about files and tests nothing now.
pub fn only_of_files(test: &str) -> bool {
    let skipped = on_postgres();
    if skipped {
        let _ = writeln!(std::io::stderr(), "{test} is about a file: nothing of it was tested on PostgreSQL");
    }
    skipped
}

/// What stands after `--gegevens` for the data that are kept in this file.
pub fn typed(file: &Path) -> String {
    if !on_postgres() {
        return file.to_string_lossy().into_owned();
    }
    // Beside the file that would be there: an empty folder has no database yet.
    let mark = file.with_extension("database");
    let mut server = SERVER.lock().unwrap_or_else(PoisonError::into_inner);
    if let Ok(address) = std::fs::read_to_string(&mark) {
        return address;
    }
    let address = server.database();
    std::fs::write(&mark, &address).expect("the folder can be written");
    address
}

/// Has the data that are kept in this file reached through a port of this machine from now on; the socket of the server behind it.
pub fn reroute(file: &Path, port: u16) -> PathBuf {
    let address = typed(file);
    let (server, name) = address.rsplit_once('/').expect("an address ends with the name of its database");
    let (user, folder) = server.split_once('@').expect("an address has a user");
    std::fs::write(file.with_extension("database"), format!("{user}@127.0.0.1:{port}/{name}")).expect("the folder can be written");
    PathBuf::from(folder.replace("%2F", "/")).join(".s.PGSQL.5432")
}

/// Ends every connection to the database of this file but one's own, as its keeper would.
pub fn cut_off(file: &Path) {
    let sql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
    let done = Command::new("psql").args(["-q", "-A", "-t", "-c", sql, &typed(file)]).output().expect("psql starts");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// The place of the data that are kept in this file.
pub fn place(file: &Path) -> Place {
    typed(file).as_str().into()
}

/// Whether the data hold this text: in the bytes of the file and of what SQLite keeps beside it, or in a dump of the database, where bytes
/// are written as digits.
pub fn holds(file: &Path, text: &str) -> bool {
    if on_postgres() {
        let dump = Command::new("pg_dump").args(["--data-only", "--inserts", "--dbname", &typed(file)]).output().expect("pg_dump starts");
        assert!(dump.status.success(), "{}", String::from_utf8_lossy(&dump.stderr));
        let dump = String::from_utf8_lossy(&dump.stdout);
        let digits: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
        return dump.contains(text) || dump.contains(&digits);
    }
    let beside = |ending: &str| {
        let mut name = file.as_os_str().to_owned();
        name.push(ending);
        std::fs::read(name).unwrap_or_default()
    };
    ["", "-wal", "-shm"].into_iter().any(|ending| beside(ending).windows(text.len()).any(|it| it == text.as_bytes()))
}
