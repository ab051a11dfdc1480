//! A mail server of a few lines for tests: it keeps letters, and puts off, refuses, falls silent or is slow where it is told to.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

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
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port of loopback");
        let place = listener.local_addr().expect("an address").to_string();
        let inside = Arc::new(Mutex::new(Inside { rules: owned(rules), ..Inside::default() }));
        let shared = inside.clone();
        let listening = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(talk(stream, shared.clone()));
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

/// One connection, as far as a client of ours goes.
async fn talk(stream: TcpStream, inside: Arc<Mutex<Inside>>) -> Option<()> {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 proef\r\n").await.ok()?;
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
        let answer = if word.starts_with("EHLO") || word.starts_with("HELO") || word.starts_with("MAIL") || word.starts_with("RSET") {
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

async fn letter(stream: &mut BufReader<TcpStream>) -> Option<String> {
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
