//! The example in docs/voorbeeld.sh runs from a fresh start to its end.

use std::process::Command;
use std::time::{Duration, Instant};

use super::processes::{KEY, Process, folder, program};
use crate::support::root;

#[test]
fn the_example_with_curl_runs_to_its_end_within_two_minutes() {
    let folder = folder("voorbeeld");
    let service = Process::serve(&folder, &[]);
    let began = Instant::now();
    let ran = Command::new("/bin/sh")
        .arg(root().join("docs/voorbeeld.sh"))
        .env("LOKET_URL", service.url())
        .env("SLEUTEL", KEY)
        .env("LOKET", program())
        .current_dir(&folder)
        .output()
        .expect("the shell starts");
    let took = began.elapsed();
    let (out, err) = (String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    println!("{out}{err}took {took:?}");
    assert!(ran.status.success(), "it ended with {}", ran.status);
    assert_eq!(out.lines().last(), Some("Klaar: dit was het hele voorbeeld."));
    assert!(took < Duration::from_secs(120), "{took:?}");
    assert_eq!(service.end(), 0);
}
