//! Secrets of the service's own making: links, tokens, sessions, recovery codes. They are random, told once, and kept as a hash.

use sha2::{Digest, Sha256};

/// Letters that nobody takes for one another, in print or aloud.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// A secret as it is told to whoever it is for; it cannot be shown by accident.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Secret(…)")
    }
}

/// The machine has no randomness to give: no secret can be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoRandomness;

impl Secret {
    /// A new secret of `letters` letters (five bits each), behind a word that says what it is for.
    ///
    /// # Errors
    /// When the machine gives no randomness: nothing that can be guessed is made instead.
    pub fn new(what: &str, letters: usize) -> Result<Self, NoRandomness> {
        let mut bytes = vec![0; letters];
        getrandom::fill(&mut bytes).map_err(|_| NoRandomness)?;
        let text: String = bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect();
        Ok(Self(format!("{what}{text}")))
    }

    /// What its holder gets to see, once.
    pub fn told(&self) -> &str {
        &self.0
    }

    /// What is kept of it.
    pub fn hash(&self) -> String {
        hash(&self.0)
    }
}

/// What is kept of a secret that was shown to us: SHA-256, hexadecimal. Enough for what has a hundred bits of chance or more; passwords
/// that people choose go through [`super::password`].
pub fn hash(told: &str) -> String {
    Sha256::digest(told.trim()).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_long_new_and_never_shown_by_accident() {
        let (one, other) = (Secret::new("loket-", 32).unwrap(), Secret::new("loket-", 32).unwrap());
        assert_ne!(one, other);
        assert!(one.told().starts_with("loket-"));
        assert_eq!(one.told().len(), 38);
        assert!(!format!("{one:?}").contains(&one.told()[6..]));
        assert_eq!(one.hash(), hash(one.told()));
        assert_eq!(hash(&format!(" {}\n", one.told())), one.hash());
    }
}
