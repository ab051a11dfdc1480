//! A line between the program and its database server that can be cut, go silent, or be slow.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// What becomes of what is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It arrives.
    Open,
    /// It arrives after so many milliseconds.
    Slow(u64),
    /// It waits, and nobody is told: also who comes now hears nothing.
    Mute,
    /// Every connection breaks, and none is taken.
    Cut,
}

/// The line; gone with this value.
pub struct Line {
    state: Arc<watch::Sender<State>>,
    to: Arc<Mutex<PathBuf>>,
    listening: JoinHandle<()>,
}

impl Line {
    /// A line that listens, and what to call with the socket behind it.
    pub async fn new(to: impl FnOnce(u16) -> PathBuf) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let to = Arc::new(Mutex::new(to(port)));
        let socket = to.clone();
        let (state, seen) = watch::channel(State::Open);
        let listening = tokio::spawn(async move {
            loop {
                let Ok((near, _)) = listener.accept().await else { return };
                if *seen.borrow() != State::Cut {
                    let socket = socket.lock().unwrap_or_else(PoisonError::into_inner).clone();
                    tokio::spawn(joined(near, socket, seen.clone()));
                }
            }
        });
        Self { state: Arc::new(state), to, listening }
    }

    /// Leads whoever comes from now on to another socket.
    pub fn lead_to(&self, socket: PathBuf) {
        *self.to.lock().unwrap_or_else(PoisonError::into_inner) = socket;
    }

    /// From now on.
    pub fn set(&self, state: State) {
        self.state.send_replace(state);
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

async fn joined(near: TcpStream, socket: PathBuf, seen: watch::Receiver<State>) {
    let Ok(far) = UnixStream::connect(&socket).await else { return };
    let _ = near.set_nodelay(true);
    let (near_in, near_out) = near.into_split();
    let (far_in, far_out) = far.into_split();
    tokio::select! {
        () = passed(near_in, far_out, seen.clone()) => {}
        () = passed(far_in, near_out, seen) => {}
    }
}

/// Passes on until either end closes or the line is cut.
async fn passed(mut from: impl AsyncRead + Unpin, mut to: impl AsyncWrite + Unpin, mut seen: watch::Receiver<State>) {
    let mut bytes = vec![0; 64 * 1024];
    loop {
        let read = tokio::select! {
            read = from.read(&mut bytes) => read.unwrap_or_default(),
            // Gone with the line itself as well.
            _ = seen.wait_for(|state| *state == State::Cut) => return,
        };
        if read == 0 {
            return;
        }
        let state = *seen.borrow();
        if let State::Slow(pause) = state {
            tokio::time::sleep(Duration::from_millis(pause)).await;
        }
        let Ok(state) = seen.wait_for(|state| *state != State::Mute).await.map(|it| *it) else { return };
        if state == State::Cut || to.write_all(&bytes[..read]).await.is_err() {
            return;
        }
    }
}
