//! Reads a workbook, or a file of open data, in a child of its own: whatever a file from outside is made to do, it does it behind a fence, and never to the service.

use std::sync::Arc;
use std::time::Duration;

use loket_instances::sheets::open::OpenKind;
use loket_solver::matching::facts::words::Word;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::timeout;

use super::process::{Group, Program};

/// Time for one workbook.
const TIME: Duration = Duration::from_secs(60);
/// Addresses that the child may use, MiB. A workbook with half a million travel times takes 610 MiB and is read within 1,024.
const FENCE_MIB: u64 = 2_048;
/// Largest answer, bytes.
const ANSWER: u64 = 200 << 20;
/// What is typed after the program's name.
pub const COMMAND: &str = "lees";

/// What a workbook is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// A wave.
    Wave,
    /// A multi-year plan.
    Plan,
    /// Open data of this kind; with the year of its scores, where somebody said it.
    Open(OpenKind, Option<i64>),
}

impl Of {
    /// As the child is told.
    pub fn code(self) -> &'static str {
        match self {
            Self::Wave => "lichting",
            Self::Plan => "meerjarenplan",
            Self::Open(..) => "openbare-gegevens",
        }
    }
}

/// A workbook, or a CSV file, that is to be read.
#[derive(Clone, Debug)]
pub struct Reading {
    /// What it is of.
    pub of: Of,
    /// Its name; of a CSV file it names the sheet.
    pub name: String,
    /// What is in it.
    pub bytes: Arc<[u8]>,
    /// The middles of postcode areas, degrees, by four digits: an object.
    pub places: Value,
    /// The wave's file to compare with.
    pub before: Option<Arc<[u8]>>,
    /// Whether a copy with what is wrong is wanted, in place of the answer.
    pub copy: bool,
}

/// What the child is told before the bytes: one line.
impl Reading {
    fn head(&self) -> Value {
        let (open, year) = if let Of::Open(kind, year) = self.of { (Some(kind.code()), year) } else { (None, None) };
        json!({ "soort": self.of.code(), "gegevens": open, "jaar": year, "naam": self.name, "kopie": self.copy, "postcodes": self.places, "vorige": self.before.as_ref().map_or(0, |it| it.len()) })
    }
}

/// What went wrong with the child.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// It took too long.
    Slow,
    /// It could not be started, fell, or said nothing that can be used.
    Fell,
}

/// Has a workbook read: what the child wrote, JSON or a workbook.
///
/// # Errors
/// When the child did not do it.
pub async fn read(program: &Program, reading: &Reading) -> Result<Vec<u8>, Unread> {
    let program = Program { path: program.path.clone(), arguments: vec![COMMAND.into()] };
    let (mut child, mut group): (_, Group) = program.start(FENCE_MIB).map_err(|_| Unread::Fell)?;
    let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else { return Err(Unread::Fell) };
    // What it says of itself is of no use to anybody, and must not fill its pipe.
    drop(child.stderr.take());
    let head = format!("{}\n", reading.head());
    let write = async {
        // A child that refuses early does not read to the end.
        let _ = input.write_all(head.as_bytes()).await;
        if let Some(before) = &reading.before {
            let _ = input.write_all(before).await;
        }
        let _ = input.write_all(&reading.bytes).await;
        drop(input);
    };
    let mut answer = Vec::new();
    let hear = async {
        let mut output = output.take(ANSWER + 1);
        output.read_to_end(&mut answer).await.is_ok()
    };
    let done = timeout(TIME, async {
        let ((), heard) = tokio::join!(write, hear);
        let ended = child.wait().await;
        heard && ended.is_ok_and(|it| it.success())
    });
    let done = done.await;
    group.kill();
    match done {
        Err(_) => Err(Unread::Slow),
        Ok(true) if answer.len() as u64 <= ANSWER => Ok(answer),
        Ok(_) => Err(Unread::Fell),
    }
}
