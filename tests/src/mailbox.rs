//! A mail server of a few lines for tests: it keeps letters, and puts off, refuses, falls silent or is slow where it is told to. It speaks in the
//! open, or with TLS, and asks for a password where it is told to.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

/// The words with which "loket" signs in with the password "goed" (AUTH PLAIN).
const RIGHT: &str = "AUTH PLAIN AGxva2V0AGdvZWQ=";

/// How it is spoken to.
#[derive(Clone, Default)]
pub enum Line {
    /// In the open.
    #[default]
    Open,
    /// With TLS from the beginning.
    Tls(TlsAcceptor),
    /// In the open, until it is asked for TLS.
    Starttls(TlsAcceptor),
}

impl std::fmt::Debug for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Open => "Open",
            Self::Tls(_) => "Tls",
            Self::Starttls(_) => "Starttls",
        })
    }
}

/// What it does with a letter for an address that begins so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// It says 451: not now.
    NotNow,
    /// It says 550: never.
    Never,
    /// It takes the letter, and ends the connection without a word.
    NothingAfterData,
    /// It takes the letter, each answer after a while.
    Slowly,
}

/// A letter that it has.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Where it goes.
    pub to: String,
    /// Headers and text, with soft line breaks taken out.
    pub text: String,
}

#[derive(Debug, Default)]
struct Inside {
    rules: Vec<(String, Says)>,
    letters: Vec<Kept>,
    offered: Vec<String>,
    /// It takes letters of whoever signs in as "loket" with the password "goed".
    asks: bool,
    /// How often a password was told.
    passwords: usize,
    /// Connections that came and ended.
    met: usize,
}

/// The server.
#[derive(Debug)]
pub struct Mailbox {
    place: String,
    inside: Arc<Mutex<Inside>>,
    listening: Option<JoinHandle<()>>,
}

fn owned(rules: &[(&str, Says)]) -> Vec<(String, Says)> {
    rules.iter().map(|(begins, says)| ((*begins).to_owned(), *says)).collect()
}

impl Mailbox {
    /// Opens one on a port of loopback.
    pub async fn open(rules: &[(&str, Says)]) -> Self {
        Self::open_on(Line::Open, false, rules).await
    }

    /// The same, spoken to in this way; `asks` for a password or not.
    pub async fn open_on(line: Line, asks: bool, rules: &[(&str, Says)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port of loopback");
        let place = listener.local_addr().expect("an address").to_string();
        let inside = Arc::new(Mutex::new(Inside { rules: owned(rules), asks, ..Inside::default() }));
        let shared = inside.clone();
        let listening = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (line, inside) = (line.clone(), shared.clone());
                tokio::spawn(async move {
                    answer(stream, line, inside.clone()).await;
                    inside.lock().expect("its letters").met += 1;
                });
            }
        });
        Self { place, inside, listening: Some(listening) }
    }

    /// Where nobody listens.
    pub fn nowhere(place: &str) -> Self {
        Self { place: place.to_owned(), inside: Arc::default(), listening: None }
    }

    /// Its name and port.
    pub fn place(&self) -> String {
        self.place.clone()
    }

    /// Does something else from now on.
    pub fn says(&self, rules: &[(&str, Says)]) {
        self.inside.lock().expect("its rules").rules = owned(rules);
    }

    /// The letters that it has.
    pub fn letters(&self) -> Vec<Kept> {
        self.inside.lock().expect("its letters").letters.clone()
    }

    /// How often a letter was offered for an address that begins so.
    pub fn offered(&self, begins: &str) -> usize {
        self.inside.lock().expect("its letters").offered.iter().filter(|it| it.starts_with(begins)).count()
    }

    /// How many connections came and ended.
    pub fn met(&self) -> usize {
        self.inside.lock().expect("its letters").met
    }

    /// How often a password was told.
    pub fn passwords(&self) -> usize {
        self.inside.lock().expect("its letters").passwords
    }

    /// Stops listening.
    pub async fn close(mut self) {
        if let Some(listening) = self.listening.take() {
            listening.abort();
            let _ = listening.await;
        }
    }
}

impl Drop for Mailbox {
    fn drop(&mut self) {
        if let Some(listening) = &self.listening {
            listening.abort();
        }
    }
}

fn rule(inside: &Mutex<Inside>, to: &str) -> Option<Says> {
    let inside = inside.lock().expect("its rules");
    inside.rules.iter().find(|(begins, _)| to.starts_with(begins)).map(|(_, says)| *says)
}

/// One connection, from its first byte.
async fn answer(mut stream: TcpStream, line: Line, inside: Arc<Mutex<Inside>>) -> Option<()> {
    match line {
        Line::Open => {
            stream.write_all(b"220 proef\r\n").await.ok()?;
            talk(stream, inside).await
        }
        Line::Tls(tls) => {
            let mut stream = tls.accept(stream).await.ok()?;
            stream.write_all(b"220 proef\r\n").await.ok()?;
            talk(stream, inside).await
        }
        Line::Starttls(tls) => {
            stream.write_all(b"220 proef\r\n").await.ok()?;
            let mut stream = BufReader::new(stream);
            let mut said = String::new();
            loop {
                said.clear();
                if stream.read_line(&mut said).await.ok()? == 0 {
                    return Some(());
                }
                let word = said.trim_end().to_ascii_uppercase();
                let answer = match word.as_str() {
                    "STARTTLS" => {
                        stream.write_all(b"220 toe maar\r\n").await.ok()?;
                        return talk(tls.accept(stream.into_inner()).await.ok()?, inside).await;
                    }
                    _ if word.starts_with("EHLO") => "250-proef\r\n250 STARTTLS\r\n",
                    _ => "530 eerst STARTTLS\r\n",
                };
                stream.write_all(answer.as_bytes()).await.ok()?;
            }
        }
    }
}

/// What is said after the greeting, as far as a client of ours goes.
async fn talk<S: AsyncRead + AsyncWrite + Unpin>(stream: S, inside: Arc<Mutex<Inside>>) -> Option<()> {
    let mut stream = BufReader::new(stream);
    let asks = inside.lock().expect("its rules").asks;
    let mut known = !asks;
    let (mut to, mut line) = (String::new(), String::new());
    loop {
        line.clear();
        if stream.read_line(&mut line).await.ok()? == 0 {
            return Some(());
        }
        let said = line.trim_end().to_owned();
        let word = said.to_ascii_uppercase();
        let what = rule(&inside, &to);
        if what == Some(Says::Slowly) {
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
        let answer = if asks && word.starts_with("EHLO") {
            "250-proef\r\n250 AUTH PLAIN"
        } else if asks && word.starts_with("AUTH") {
            inside.lock().expect("its letters").passwords += 1;
            known = said == RIGHT;
            if known { "235 goed" } else { "535 wie bent u" }
        } else if !known && word.starts_with("MAIL") {
            "530 eerst aanmelden"
        } else if word.starts_with("EHLO") || word.starts_with("HELO") || word.starts_with("MAIL") || word.starts_with("RSET") {
            "250 goed"
        } else if word.starts_with("RCPT") {
            to = said.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
            inside.lock().expect("its letters").offered.push(to.clone());
            match rule(&inside, &to) {
                Some(Says::NotNow) => "451 nu niet",
                Some(Says::Never) => "550 bestaat niet",
                Some(Says::NothingAfterData | Says::Slowly) | None => "250 goed",
            }
        } else if word == "DATA" {
            stream.write_all(b"354 toe maar\r\n").await.ok()?;
            let text = letter(&mut stream).await?;
            inside.lock().expect("its letters").letters.push(Kept { to: to.clone(), text });
            if what == Some(Says::NothingAfterData) {
                return Some(());
            }
            "250 bewaard"
        } else if word == "QUIT" {
            stream.write_all(b"221 dag\r\n").await.ok()?;
            return Some(());
        } else {
            "500 wat"
        };
        stream.write_all(format!("{answer}\r\n").as_bytes()).await.ok()?;
    }
}

async fn letter<S: AsyncRead + Unpin>(stream: &mut BufReader<S>) -> Option<String> {
    let mut text = String::new();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        if line == ".\r\n" {
            return Some(text.replace("=\r\n", ""));
        }
        text.push_str(line.strip_prefix("..").map_or(&*line, |_| &line[1..]));
    }
}
