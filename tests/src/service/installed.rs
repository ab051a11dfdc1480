//! `make install` puts the program where it can be called, over an earlier one, and `make uninstall` takes it away.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::processes::{folder, program};
use crate::support::root;

/// Runs a target of the Makefile in a folder, on what has been built here.
fn make(here: &Path, target: &str, prefix: &str) -> Output {
    let built: PathBuf = program().ancestors().skip(2).take(1).collect();
    let mut command = Command::new("make");
    command.args(["--no-print-directory", "-f"]).arg(root().join("Makefile")).arg(target);
    command.arg(format!("PREFIX={prefix}")).arg(format!("CARGO_TARGET_DIR={}", built.display()));
    let ran = command.current_dir(here).env_remove("MAKEFLAGS").env_remove("DESTDIR").output().expect("make is there");
    assert!(ran.status.success(), "{target}: {}{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    ran
}

#[test]
fn what_is_installed_can_be_called_and_is_gone_when_it_is_taken_away() {
    let here = folder("installed");
    // `install` is `put` after everything was built, which these tests cannot do again.
    for _ in 0..2 {
        let said = make(&here, "put", "tmp");
        let said = String::from_utf8_lossy(&said.stdout);
        let place = here.canonicalize().expect("a folder").join("tmp/bin");
        assert!(said.contains(&format!("loket staat in {}/loket", place.display())), "{said}");
        assert!(said.contains(&format!("export PATH=\"{}:$PATH\"", place.display())), "it is not in PATH, and that is said: {said}");
        let ran = Command::new("loket").arg("--version").env("PATH", &place).output().expect("loket is found");
        assert!(ran.status.success() && ran.stdout.starts_with(b"loket "), "{ran:?}");
    }
    let names = || std::fs::read_dir(here.join("tmp/bin")).expect("the folder stays").count();
    assert_eq!(names(), 1, "nothing is left beside it");
    make(&here, "uninstall", "tmp");
    assert_eq!(names(), 0);
    let makefile = std::fs::read_to_string(root().join("Makefile")).expect("the Makefile");
    let install = makefile.split("\ninstall:").nth(1).and_then(|rest| rest.split("\n\n").next()).expect("make install is there");
    assert!(install.contains("cargo build") && install.contains("$(MAKE) --no-print-directory put"), "{install}");
}
