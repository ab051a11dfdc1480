//! Lines of a child's output, of bounded length, with how long has been waited for the next byte.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncBufRead, AsyncBufReadExt};
use tokio::time::Instant;

/// Since when somebody waits for the other side; nothing while the other side is not waited for.
#[derive(Clone, Debug, Default)]
pub(super) struct Waiting(Arc<Mutex<Option<Instant>>>);

impl Waiting {
    fn set(&self, since: Option<Instant>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = since;
    }

    /// Since when.
    pub(super) fn since(&self) -> Option<Instant> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One line, without its end.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// A whole line.
    Whole(Vec<u8>),
    /// More than is allowed without a line end.
    TooLong,
    /// The output is closed; whether in the middle of a line.
    End { broken: bool },
}

/// The next line of at most `most` bytes.
pub(super) async fn next(input: &mut (impl AsyncBufRead + Unpin), most: usize, waiting: &Waiting) -> io::Result<Line> {
    let mut line = Vec::new();
    loop {
        waiting.set(Some(Instant::now()));
        let found = input.fill_buf().await;
        waiting.set(None);
        let found = found?;
        if found.is_empty() {
            return Ok(Line::End { broken: !line.is_empty() });
        }
        let (taken, whole) = match found.iter().position(|&byte| byte == b'\n') {
            Some(end) => (end, true),
            None => (found.len(), false),
        };
        if line.len() + taken > most {
            return Ok(Line::TooLong);
        }
        line.extend_from_slice(&found[..taken]);
        input.consume(taken + usize::from(whole));
        if whole {
            return Ok(Line::Whole(line));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn lines_are_whole_or_too_long_or_broken_off() {
        let mut input = &b"een\n\ntwee twee\ndrie"[..];
        let mut found = Vec::new();
        for _ in 0..5 {
            found.push(next(&mut input, 9, &Waiting::default()).await.unwrap());
        }
        let whole = |text: &str| Line::Whole(text.into());
        let expected = [whole("een"), whole(""), whole("twee twee"), Line::End { broken: true }, Line::End { broken: false }];
        assert_eq!(found, expected);
        assert_eq!(next(&mut &b"tien tekens\n"[..], 9, &Waiting::default()).await.unwrap(), Line::TooLong);
    }
}
