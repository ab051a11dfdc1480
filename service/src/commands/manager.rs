//! What systemd is told of a service or a worker: that it is ready, that it still turns, and that it ends. Where something else started the
//! program, nobody is told anything.

use std::ffi::OsStr;
use std::io;
use std::os::linux::net::SocketAddrExt;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::net::{SocketAddr, UnixDatagram};
use std::sync::Arc;
use std::time::Duration;

/// Whoever started the program and wants to hear of it.
#[derive(Debug)]
pub struct Manager {
    socket: UnixDatagram,
    at: SocketAddr,
    /// After how much silence it takes the program for hung.
    silence: Option<Duration>,
}

impl Manager {
    /// By what the environment says.
    pub fn there() -> Option<Arc<Self>> {
        let at = std::env::var_os("NOTIFY_SOCKET")?;
        let number = |name: &str| std::env::var(name).ok()?.parse::<u64>().ok();
        // A number that was meant for another process, which this one inherited, says nothing.
        let ours = number("WATCHDOG_PID").is_none_or(|id| id == u64::from(std::process::id()));
        let silence = number("WATCHDOG_USEC").filter(|_| ours).map(Duration::from_micros);
        match Self::at(&at, silence) {
            Ok(manager) => Some(Arc::new(manager)),
            Err(error) => {
                tracing::warn!(fout = %error, "systemd is niet te bereiken");
                None
            }
        }
    }

    /// At this socket: a path, or with an @ before it a name without a file.
    fn at(socket: &OsStr, silence: Option<Duration>) -> io::Result<Self> {
        let at = match socket.as_bytes().strip_prefix(b"@") {
            Some(name) => SocketAddr::from_abstract_name(name)?,
            None => SocketAddr::from_pathname(socket)?,
        };
        Ok(Self { socket: UnixDatagram::unbound()?, at, silence })
    }

    /// It is ready.
    pub fn ready(&self) {
        self.says("READY=1");
    }

    /// It ends.
    pub fn ending(&self) {
        self.says("STOPPING=1");
    }

    /// Says that the program turns for as long as it does, three times in the silence that is borne. Nothing of the database is asked: a database
    /// that is away is no reason to start a program again.
    pub async fn turning(self: Arc<Self>) {
        let Some(silence) = self.silence else { return };
        let mut turn = tokio::time::interval((silence / 3).max(Duration::from_millis(1)));
        loop {
            turn.tick().await;
            self.says("WATCHDOG=1");
        }
    }

    fn says(&self, what: &str) {
        // Whoever does not listen any more has other troubles.
        let _ = self.socket.send_to_addr(what.as_bytes(), &self.at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn systemd_hears_that_the_program_is_ready_turns_and_ends() {
        let folder = std::env::temp_dir().join(format!("loket-systemd-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("the temporary folder can be written");
        let hears = UnixDatagram::bind(folder.join("notify")).expect("a socket");
        hears.set_read_timeout(Some(Duration::from_secs(10))).expect("a limit");
        let manager = Manager::at(folder.join("notify").as_os_str(), Some(Duration::from_millis(30))).expect("a manager");
        let heard = || {
            let mut bytes = [0; 64];
            let read = hears.recv(&mut bytes).expect("something is heard");
            String::from_utf8_lossy(&bytes[..read]).into_owned()
        };
        manager.ready();
        assert_eq!(heard(), "READY=1");
        let manager = Arc::new(manager);
        let turning = tokio::spawn(manager.clone().turning());
        tokio::time::sleep(Duration::from_millis(100)).await;
        for _ in 0..3 {
            assert_eq!(heard(), "WATCHDOG=1");
        }
        turning.abort();
        assert!(turning.await.is_err_and(|it| it.is_cancelled()));
        manager.ending();
        let mut last = heard();
        while last == "WATCHDOG=1" {
            last = heard();
        }
        assert_eq!(last, "STOPPING=1");
        assert!(Manager::at(OsStr::new("@loket-nergens"), None).is_ok(), "a name without a file");
        let _ = std::fs::remove_dir_all(&folder);
    }
}
