//! How often somebody at one address tried in vain, or asked for a message: held in memory only, under a mark from which the address does not
//! follow, and forgotten after a quarter of an hour.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sha2::{Digest, Sha256};

use super::near::Near;

/// How long something counts, milliseconds.
const WINDOW: i64 = 15 * 60_000;
/// So many addresses are held; who comes beyond that takes the place of the one that was there longest.
const MOST: usize = 20_000;

/// What is counted, each for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A password, code or link that did not fit. An office behind one address mistypes too.
    InVain,
    /// A message with a link that was asked for, or a round past a provider that was begun.
    Asked,
}

impl What {
    /// How often within a quarter of an hour.
    pub const fn most(self) -> u32 {
        match self {
            Self::InVain => 100,
            Self::Asked => 30,
        }
    }
}

type Mark = [u8; 16];

#[derive(Debug, Default)]
struct Held {
    /// Since when (UTC, milliseconds), and how often.
    counts: BTreeMap<Mark, (i64, u32)>,
    /// In the order in which they came.
    order: std::collections::VecDeque<Mark>,
}

/// Counts by address.
#[derive(Clone, Debug)]
pub struct Flood(Arc<(Vec<u8>, Mutex<Held>)>);

impl Default for Flood {
    fn default() -> Self {
        let mut key = vec![0; 32];
        // Without randomness an address could be found from its mark, by whoever reads this memory.
        let _ = getrandom::fill(&mut key);
        Self(Arc::new((key, Mutex::default())))
    }
}

impl Flood {
    fn mark(&self, near: Near, what: What) -> Mark {
        let mut digest = Sha256::new();
        digest.update(&self.0.0);
        digest.update([what as u8]);
        match near.0.to_canonical() {
            IpAddr::V4(it) => digest.update(it.octets()),
            // A house has a whole half of such an address to itself.
            IpAddr::V6(it) => digest.update(&it.octets()[..8]),
        }
        let mut mark = Mark::default();
        mark.copy_from_slice(&digest.finalize()[..16]);
        mark
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.0.1.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether this address did it too often just now.
    pub fn full(&self, near: Near, what: What, now: i64) -> bool {
        let held = self.held();
        held.counts.get(&self.mark(near, what)).is_some_and(|(since, count)| *since + WINDOW > now && *count >= what.most())
    }

    /// Counts it once.
    pub fn count(&self, near: Near, what: What, now: i64) {
        let mark = self.mark(near, what);
        let mut held = self.held();
        match held.counts.get_mut(&mark) {
            Some((since, count)) if *since + WINDOW > now => *count = count.saturating_add(1),
            Some(there) => *there = (now, 1),
            None => {
                if held.order.len() >= MOST
                    && let Some(oldest) = held.order.pop_front()
                {
                    held.counts.remove(&oldest);
                }
                held.counts.insert(mark, (now, 1));
                held.order.push_back(mark);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(text: &str) -> Near {
        Near(text.parse().unwrap())
    }

    #[test]
    fn an_address_is_full_after_so_many_and_open_again_after_a_quarter_of_an_hour() {
        let flood = Flood::default();
        let (here, there) = (near("203.0.113.9"), near("203.0.113.10"));
        for _ in 0..What::Asked.most() {
            assert!(!flood.full(here, What::Asked, 0));
            flood.count(here, What::Asked, 0);
        }
        assert!(flood.full(here, What::Asked, WINDOW - 1));
        assert!(!flood.full(here, What::Asked, WINDOW));
        assert!(!flood.full(there, What::Asked, 1) && !flood.full(here, What::InVain, 1));
        flood.count(here, What::Asked, WINDOW);
        assert!(!flood.full(here, What::Asked, WINDOW));
    }

    #[test]
    fn addresses_of_one_house_are_one_and_no_number_of_addresses_takes_more_room() {
        let flood = Flood::default();
        for at in 0..What::Asked.most() {
            flood.count(near(&format!("2001:db8::{at:x}")), What::Asked, 0);
        }
        assert!(flood.full(near("2001:db8::ffff"), What::Asked, 1));
        for at in 0..u32::try_from(MOST).unwrap() + 10 {
            flood.count(Near(IpAddr::V4(at.into())), What::Asked, 0);
        }
        let held = flood.held();
        assert_eq!((held.counts.len(), held.order.len()), (MOST, MOST));
    }
}
