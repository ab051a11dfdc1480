//! Addresses with which a browser comes in once, for a while: only a demo makes them, and they are kept in memory alone.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::access::Role;
use crate::access::secret::{self, NoRandomness, Secret};

/// How long a door stays.
const OPEN: Duration = Duration::from_secs(2 * 60 * 60);
/// Letters of its secret: 160 bits.
const LETTERS: usize = 32;

/// Through which door somebody comes in, by the hash of its secret.
type Kept = BTreeMap<String, (Door, Instant)>;

/// As whom somebody comes in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Door {
    /// The account.
    pub account: String,
    /// The role that it acts in.
    pub role: Role,
}

/// The doors of this process; none, unless it is a demo.
#[derive(Clone, Debug, Default)]
pub struct Doors(Arc<Mutex<Kept>>);

impl Doors {
    /// Makes a door: the secret of its address.
    ///
    /// # Errors
    /// When the machine gives no randomness.
    pub fn make(&self, door: Door) -> Result<Secret, NoRandomness> {
        let secret = Secret::new("", LETTERS)?;
        self.kept().insert(secret.hash(), (door, Instant::now()));
        Ok(secret)
    }

    /// Goes through a door, which is then gone; nothing where there is none, or not any more.
    pub fn through(&self, told: &str) -> Option<Door> {
        let (door, made) = self.kept().remove(&secret::hash(told))?;
        (made.elapsed() < OPEN).then_some(door)
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_door_lets_in_once_and_only_whoever_has_its_secret() {
        let doors = Doors::default();
        let door = Door { account: "a".into(), role: Role::Intermediair };
        let secret = doors.make(door.clone()).unwrap();
        assert_eq!(doors.through("een-ander-geheim"), None);
        assert_eq!(Doors::default().through(secret.told()), None, "another service knows no doors");
        assert_eq!(doors.through(secret.told()), Some(door));
        assert_eq!(doors.through(secret.told()), None);
    }
}
