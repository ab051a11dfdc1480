//! What hyper answers by itself, to a head that is no HTTP or is too large, is a bare status without a body. Here it becomes a problem like
//! every other refusal, with the headers of every other answer.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::guard::rules;
use super::metrics;
use super::problem::Problem;

/// Longest bare answer.
const LONGEST: usize = 256;

/// A stream on which bare answers are dressed.
#[derive(Debug)]
pub struct Dressed<S> {
    inner: S,
    /// What goes out in place of a bare answer, and how much of it went.
    instead: Vec<u8>,
    out: usize,
}

impl<S> Dressed<S> {
    /// Dresses what is written to `inner`.
    pub fn new(inner: S) -> Self {
        Self { inner, instead: Vec::new(), out: 0 }
    }
}

/// The status of a bare answer, with its date. None of our own answers is without `api-version`, and no body of ours has a line end in it
/// that would make it look like a head.
fn bare(bytes: &[u8]) -> Option<(StatusCode, Option<&str>)> {
    if bytes.len() > LONGEST || !bytes.ends_with(b"\r\n\r\n") {
        return None;
    }
    let text = std::str::from_utf8(bytes).ok()?;
    let status = text.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse::<u16>().ok().and_then(|it| StatusCode::from_u16(it).ok())?;
    let mut lines = text.split("\r\n");
    let empty = lines.clone().any(|line| line.eq_ignore_ascii_case("content-length: 0"));
    let ours = lines.clone().any(|line| line.get(..12).is_some_and(|it| it.eq_ignore_ascii_case("api-version:")));
    let date = lines.find_map(|line| line.strip_prefix("date: "));
    (status.is_client_error() && empty && !ours).then_some((status, date))
}

/// The same refusal as a problem, as it goes over the line. The connection ends with it, as it does with the bare one.
fn dressed(status: StatusCode, date: Option<&str>) -> Vec<u8> {
    let problem = Problem::unreadable_head(status);
    let body = serde_json::to_vec(&problem).unwrap_or_default();
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
    headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    headers.extend(date.and_then(|it| HeaderValue::from_str(it).ok()).map(|date| (header::DATE, date)));
    rules(&mut headers);
    let mut bytes = format!("HTTP/1.1 {} {}\r\n", status.as_str(), status.canonical_reason().unwrap_or_default()).into_bytes();
    for (name, value) in &headers {
        bytes.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
    }
    bytes.extend_from_slice(b"\r\n");
    bytes.extend(body);
    bytes
}

impl<S: AsyncWrite + Unpin> Dressed<S> {
    /// Takes a bare answer off the line; how many bytes that was.
    fn take(&mut self, bytes: &[u8]) -> Option<usize> {
        let (status, date) = bare(bytes)?;
        metrics::request("ANDERS", "geen", status.as_u16(), 0.0);
        (self.instead, self.out) = (dressed(status, date), 0);
        Some(bytes.len())
    }

    /// Writes what goes out instead.
    fn poll_instead(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        while self.out < self.instead.len() {
            let written = ready!(Pin::new(&mut self.inner).poll_write(context, &self.instead[self.out..]))?;
            if written == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            self.out += written;
        }
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Dressed<S> {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().inner).poll_read(context, into)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Dressed<S> {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        ready!(this.poll_instead(context))?;
        if let Some(taken) = this.take(bytes) {
            return Poll::Ready(Ok(taken));
        }
        Pin::new(&mut this.inner).poll_write(context, bytes)
    }

    fn poll_write_vectored(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[io::IoSlice<'_>]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        ready!(this.poll_instead(context))?;
        let mut filled = bytes.iter().filter(|it| !it.is_empty());
        if let (Some(only), None) = (filled.next(), filled.next())
            && let Some(taken) = this.take(only)
        {
            return Poll::Ready(Ok(taken));
        }
        Pin::new(&mut this.inner).poll_write_vectored(context, bytes)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        ready!(this.poll_instead(context))?;
        Pin::new(&mut this.inner).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        ready!(this.poll_instead(context))?;
        Pin::new(&mut this.inner).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    #[tokio::test]
    async fn a_bare_refusal_is_dressed_also_through_a_narrow_line_and_all_else_is_left_as_it_is() {
        let ours = b"HTTP/1.1 404 Not Found\r\napi-version: 1.0.0\r\ncontent-length: 0\r\n\r\n";
        let (near, mut far) = tokio::io::duplex(16);
        let written = tokio::spawn(async move {
            let mut near = Dressed::new(near);
            near.write_all(ours).await.unwrap();
            near.write_all(b"{\"a\":1}").await.unwrap();
            near.write_all(b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\ndate: nu\r\n\r\n").await.unwrap();
            near.shutdown().await.unwrap();
        });
        let mut read = Vec::new();
        far.read_to_end(&mut read).await.unwrap();
        written.await.unwrap();
        let text = String::from_utf8(read).unwrap();
        let rest = text.strip_prefix(std::str::from_utf8(ours).unwrap()).and_then(|it| it.strip_prefix("{\"a\":1}")).unwrap();
        let (head, body) = rest.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 400 Bad Request\r\n"), "{head}");
        for line in ["content-type: application/problem+json", "api-version: ", "connection: close", "date: nu", "cache-control: no-store"]
        {
            assert!(head.contains(line), "{line} is not in {head}");
        }
        assert!(head.contains(&format!("content-length: {}\r\n", body.len())), "{head}");
        let problem: serde_json::Value = serde_json::from_str(body).unwrap();
        assert_eq!((problem["status"].as_u64(), problem["type"].as_str()), (Some(400), Some("/v1/problemen/ongeldige-invoer")));
    }
}
