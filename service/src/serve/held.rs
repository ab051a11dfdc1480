//! Files that somebody sent and did not decide about yet. They are in memory only, for half an hour at most, and only for whoever sent them.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::body::Bytes;

use crate::desk::contents::Changed;
use crate::desk::sound::Sound;
use crate::records::workbook::Told;

/// How long a file is held.
const TIME: Duration = Duration::from_secs(30 * 60);
/// Bytes of all files that are held together; the oldest go first.
const ROOM: usize = 64 << 20;

/// A file as it was read.
#[derive(Clone, Debug)]
pub struct File {
    /// What it is called where it came from.
    pub name: String,
    /// What was sent.
    pub bytes: Bytes,
    /// What was told of it.
    pub told: Told,
    /// The wave that it is; nothing when something is wrong with it.
    pub sound: Option<Sound>,
    /// What changed since the file that the wave has now.
    pub changes: Vec<Changed>,
}

impl File {
    fn size(&self) -> usize {
        // What was read of it takes some times as much.
        let read = self.sound.as_ref().map_or(0, |it| it.bytes.len() * 4);
        self.bytes.len() + read
    }
}

#[derive(Debug)]
struct Kept {
    who: String,
    about: String,
    since: Instant,
    file: Arc<File>,
}

/// The files that are held.
#[derive(Clone, Debug, Default)]
pub struct Held(Arc<Mutex<Vec<Kept>>>);

impl Held {
    fn kept(&self, now: Instant) -> MutexGuard<'_, Vec<Kept>> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|it| now.duration_since(it.since) < TIME);
        all
    }

    /// Holds a file about a wave (or about what is to become one) for whoever sent it, in the place of an earlier one.
    pub fn put(&self, who: &str, about: &str, file: File) {
        let now = Instant::now();
        let mut all = self.kept(now);
        all.retain(|it| it.who != who || it.about != about);
        all.push(Kept { who: who.into(), about: about.into(), since: now, file: Arc::new(file) });
        let mut size: usize = all.iter().map(|it| it.file.size()).sum();
        while size > ROOM && all.len() > 1 {
            size -= all.remove(0).file.size();
        }
    }

    /// The file that somebody sent about a wave.
    pub fn get(&self, who: &str, about: &str) -> Option<Arc<File>> {
        self.kept(Instant::now()).iter().find(|it| it.who == who && it.about == about).map(|it| it.file.clone())
    }

    /// Lets a file go.
    pub fn drop(&self, who: &str, about: &str) {
        self.kept(Instant::now()).retain(|it| it.who != who || it.about != about);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(size: usize) -> File {
        let told = Told::read(br#"{"problemen":[],"meer":0,"meldingen":[],"lichting":null,"van":null,"tot":null}"#).expect("told");
        File { name: "a.xlsx".into(), bytes: vec![0; size].into(), told, sound: None, changes: Vec::new() }
    }

    #[test]
    fn a_file_is_for_whoever_sent_it_and_a_later_one_takes_its_place() {
        let held = Held::default();
        held.put("noor", "w", file(1));
        held.put("noor", "w", file(2));
        assert_eq!(held.get("noor", "w").map(|it| it.bytes.len()), Some(2));
        assert!(held.get("samir", "w").is_none() && held.get("noor", "v").is_none());
        held.drop("noor", "w");
        assert!(held.get("noor", "w").is_none());
    }

    #[test]
    fn the_oldest_go_when_there_is_no_room() {
        let held = Held::default();
        for who in ["a", "b", "c"] {
            held.put(who, "w", file(ROOM / 2));
        }
        assert!(held.get("a", "w").is_none());
        assert!(held.get("b", "w").is_some() && held.get("c", "w").is_some());
    }

    #[test]
    fn after_half_an_hour_it_is_gone() {
        let held = Held::default();
        held.put("noor", "w", file(1));
        let later = Instant::now() + TIME + Duration::from_secs(1);
        assert!(held.kept(later).is_empty());
    }
}
