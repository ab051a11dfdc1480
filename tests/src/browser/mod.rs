//! The scenarios of tests/browser in a real browser: against a demo of a process of its own, with tokens that the command line makes.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use loket_service::pages::declared;
use loket_solver::matching::facts::words::Word;
use serde_json::json;

use crate::service::processes::{folder, program, signal};
use crate::support::root;

/// How long the demo may take to fill itself, and all scenarios together.
const FILLING: Duration = Duration::from_secs(300);
const RUNNING: Duration = Duration::from_secs(40 * 60);

/// A running demo; it ends with this value, also when the test fails.
struct Demo(Child);

impl Drop for Demo {
    fn drop(&mut self) {
        signal(self.0.id(), "TERM");
        let began = Instant::now();
        while began.elapsed() < Duration::from_secs(20) {
            if self.0.try_wait().is_ok_and(|ended| ended.is_some()) {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts a demo in a folder: where it listens, once it is filled, and the token that it tells for programs.
fn started(folder: &Path) -> (Demo, String, String) {
    let log = std::fs::File::create(folder.join("dienst.log")).expect("a log can be written");
    let mut child = Command::new(program())
        .args(["serve", "--demo", "--gegevens", "loket.sqlite", "--adres", "127.0.0.1:0"])
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(log)
        .spawn()
        .expect("the program starts");
    let out = BufReader::new(child.stdout.take().expect("standard output is piped"));
    let demo = Demo(child);
    let (say, heard) = mpsc::channel();
    std::thread::spawn(move || {
        for line in out.lines().map_while(Result::ok) {
            // Nobody listens any more once it is filled.
            let _ = say.send(line);
        }
    });
    let (began, mut address) = (Instant::now(), None);
    loop {
        let left = FILLING.saturating_sub(began.elapsed());
        let line = heard.recv_timeout(left).unwrap_or_else(|_| panic!("the demo is not filled: see {}/dienst.log", folder.display()));
        if let Some(at) = line.find("http://").filter(|_| address.is_none()) {
            address = Some(line[at..].trim().to_owned());
        }
        let key = line.split_once("Bearer ").and_then(|(_, rest)| rest.split_once('\''));
        if let Some((address, (key, _))) = address.as_ref().zip(key) {
            assert!(line.contains(&format!("{address}/v1/lichtingen")), "{line}");
            return (demo, address.clone(), key.to_owned());
        }
    }
}

/// A token that the command line makes on the machine itself.
fn token(folder: &Path, role: &str) -> String {
    let ran = Command::new(program())
        .args(["toegang", "token", "--rol", role, "--naam", &format!("browser-{role}"), "--gegevens", "loket.sqlite"])
        .current_dir(folder)
        .output()
        .expect("the program starts");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    String::from_utf8(ran.stdout).expect("text").lines().next().expect("a token").to_owned()
}

/// The folder with what the scenarios run with. Without it the test fails: that nothing was tried is not a result.
fn packages() -> String {
    let done = Command::new(root().join(".ci/browser")).stdin(Stdio::null()).output().expect(".ci/browser can be run");
    assert!(done.status.success(), "the scenarios need node, npm and their packages: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).expect("a folder").trim().to_owned()
}

/// Every page as the program declares it, with the roles that may see it.
fn pages() -> String {
    let all = declared();
    let roles =
        |it: &loket_service::pages::declared::Declared| it.roles.map(|roles| roles.iter().map(|role| role.code()).collect::<Vec<_>>());
    json!(all.iter().map(|it| json!({ "path": it.path, "roles": roles(it) })).collect::<Vec<_>>()).to_string()
}

#[test]
fn every_scenario_goes_as_it_says() {
    let folder = folder("browser");
    let (packages, (demo, address, key)) = (packages(), started(&folder));
    let mut node = Command::new("node");
    node.arg("tests/browser/run.mjs")
        .current_dir(root())
        .env("LOKET_URL", &address)
        .env("LOKET_BEHEERDER", token(&folder, "beheerder"))
        .env("LOKET_INTERMEDIAIR", token(&folder, "intermediair"))
        .env("LOKET_SLEUTEL", key)
        .env("LOKET_PAKKETTEN", packages)
        .env("LOKET_BLADEN", pages())
        .env("LOKET_PLAATJES", folder.join("plaatjes"))
        .stdin(Stdio::null());
    let mut node = node.spawn().expect("node starts");
    let began = Instant::now();
    let status = loop {
        if let Some(status) = node.try_wait().expect("it can be waited for") {
            break status;
        }
        if began.elapsed() > RUNNING {
            let _ = node.kill();
            let _ = node.wait();
            panic!("the scenarios do not end");
        }
        std::thread::sleep(Duration::from_millis(200));
    };
    drop(demo);
    assert!(status.success(), "a scenario failed: see what is printed above, and pictures in {}/plaatjes", folder.display());
}
