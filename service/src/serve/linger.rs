//! A connection that ends without cutting off its last words: who is still sending when the answer is there would else lose that answer.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::Semaphore;
use tokio::time::timeout;

/// How long what is still sent is read and thrown away.
const LONGEST: Duration = Duration::from_secs(2);

/// A connection that is read on for a moment after it was shut.
#[derive(Debug)]
pub struct Lingering {
    stream: Option<TcpStream>,
    room: Arc<Semaphore>,
    /// Whether everything was said and the other side may still be sending.
    shut: bool,
    ended: bool,
}

impl Lingering {
    /// `room` has one permit for each connection that may linger.
    pub fn new(stream: TcpStream, room: Arc<Semaphore>) -> Self {
        Self { stream: Some(stream), room, shut: false, ended: false }
    }

    fn inner(&mut self) -> io::Result<Pin<&mut TcpStream>> {
        self.stream.as_mut().map(Pin::new).ok_or_else(|| io::ErrorKind::NotConnected.into())
    }
}

impl Drop for Lingering {
    fn drop(&mut self) {
        let Some(mut stream) = self.stream.take().filter(|_| self.shut && !self.ended) else { return };
        let (Ok(permit), Ok(runtime)) = (self.room.clone().try_acquire_owned(), tokio::runtime::Handle::try_current()) else { return };
        runtime.spawn(async move {
            let mut thrown = vec![0; 64 << 10];
            let read_on = async { while matches!(stream.read(&mut thrown).await, Ok(read) if read > 0) {} };
            // Whoever sends longer than this has had the time to see the answer.
            let _ = timeout(LONGEST, read_on).await;
            drop(permit);
        });
    }
}

impl AsyncRead for Lingering {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let before = into.filled().len();
        let poll = this.inner()?.poll_read(context, into);
        this.ended |= match &poll {
            Poll::Ready(Ok(())) => into.filled().len() == before && into.remaining() > 0,
            Poll::Ready(Err(_)) => true,
            Poll::Pending => false,
        };
        poll
    }
}

impl AsyncWrite for Lingering {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.get_mut().inner()?.poll_write(context, bytes)
    }

    fn poll_write_vectored(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[io::IoSlice<'_>]) -> Poll<io::Result<usize>> {
        self.get_mut().inner()?.poll_write_vectored(context, bytes)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.as_ref().is_some_and(AsyncWrite::is_write_vectored)
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.get_mut().inner()?.poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let poll = this.inner()?.poll_shutdown(context);
        this.shut |= matches!(poll, Poll::Ready(Ok(())));
        poll
    }
}
