//! Passwords that people choose: what they must be, how they are kept (Argon2id, RFC 9106), and how one is held against what is kept.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};

use super::secret::NoRandomness;

/// Fewest characters of a password that stands alone.
pub const ALONE: usize = 15;
/// Fewest characters beside a second factor.
pub const BESIDE_A_FACTOR: usize = 12;
/// Most characters: longer ones only cost time.
pub const MOST: usize = 256;

/// Beginnings and words that are tried first by whoever guesses; a password that is little more than one of these is refused.
const GUESSED: [&str; 20] = [
    "wachtwoord",
    "password",
    "welkom",
    "qwerty",
    "azerty",
    "letmein",
    "geheim",
    "amsterdam",
    "loket",
    "zomer",
    "winter",
    "lente",
    "herfst",
    "school",
    "coach",
    "admin",
    "iloveyou",
    "abcdef",
    "123456",
    "000000",
];

/// What is wrong with a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weak {
    /// Fewer characters than this.
    Short(usize),
    /// More than [`MOST`].
    Long,
    /// It is, but for a few characters, a word that is guessed first.
    Guessed,
    /// It holds the name or the address of its account.
    OwnName,
    /// One or two characters, over and over.
    Repeated,
}

/// Whether a password will do, for an account with this name and address.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn strong(password: &str, fewest: usize, own: &[&str]) -> Result<(), Weak> {
    let count = password.chars().count();
    if count < fewest {
        return Err(Weak::Short(fewest));
    }
    if count > MOST {
        return Err(Weak::Long);
    }
    let plain = password.to_lowercase();
    let distinct = plain.chars().collect::<std::collections::BTreeSet<char>>().len();
    if distinct < 5 {
        return Err(Weak::Repeated);
    }
    let own = own.iter().flat_map(|it| it.split(['@', ' ', '.'])).filter(|it| it.chars().count() >= 4).map(str::to_lowercase);
    if own.into_iter().any(|name| count - name.chars().count() < 8 && plain.contains(&name)) {
        return Err(Weak::OwnName);
    }
    let mut rest = plain;
    for word in GUESSED {
        rest = rest.replace(word, "");
    }
    let left = rest.chars().filter(|it| it.is_alphabetic()).count();
    if left < 5 { Err(Weak::Guessed) } else { Ok(()) }
}

/// Argon2id with 19 MiB, two passes and one lane, as OWASP advises for servers that do other work as well.
static HOW: LazyLock<Argon2<'static>> = LazyLock::new(|| {
    let params = Params::new(19 * 1_024, 2, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
});

/// A hash that no password has: verifying against it takes as long as against a real one.
static NOBODY: LazyLock<Option<String>> = LazyLock::new(|| kept("niemand heeft dit wachtwoord ooit").ok());

/// How many passwords were computed, to keep one or to hold one against another.
static COMPUTED: AtomicU64 = AtomicU64::new(0);

/// How many passwords this process computed, to keep one or to hold one against another: what signing in costs, and whether it costs the
/// same for everybody.
pub fn computed() -> u64 {
    COMPUTED.load(Ordering::Relaxed)
}

/// What is kept of a password: a PHC string with its salt and costs. Takes tens of milliseconds.
///
/// # Errors
/// When the machine gives no randomness for the salt.
pub fn kept(password: &str) -> Result<String, NoRandomness> {
    let mut salt = [0; 16];
    getrandom::fill(&mut salt).map_err(|_| NoRandomness)?;
    COMPUTED.fetch_add(1, Ordering::Relaxed);
    let hash: PasswordHash = HOW.hash_password_with_salt(password.as_bytes(), &salt).map_err(|_| NoRandomness)?;
    Ok(hash.to_string())
}

/// Whether this is the password of which `kept` is kept. Without one the answer is no, after as long a time: who asks cannot tell whether
/// there is such an account.
pub fn same(password: &str, kept: Option<&str>) -> bool {
    let Some(held) = kept.or(NOBODY.as_deref()).and_then(|it| PasswordHash::new(it).ok()) else { return false };
    if password.chars().count() > MOST {
        return false;
    }
    COMPUTED.fetch_add(1, Ordering::Relaxed);
    let right = HOW.verify_password(password.as_bytes(), &held).is_ok();
    right && kept.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_known_again_and_another_is_not() {
        let held = kept("zeven blauwe fietsen").unwrap();
        assert!(held.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{held}");
        assert!(same("zeven blauwe fietsen", Some(&held)));
        assert!(!same("zeven blauwe fiets", Some(&held)));
        assert!(!same("niemand heeft dit wachtwoord ooit", None));
        assert_ne!(held, kept("zeven blauwe fietsen").unwrap());
    }

    #[test]
    fn what_is_short_guessed_or_ones_own_name_is_refused() {
        let own = ["Hendrikje de Waal", "hendrikje@voorbeeld.nl"];
        let refused = |text: &str| strong(text, ALONE, &own).err();
        assert_eq!(refused("kort maar krach"), None);
        assert_eq!(refused("kort maar krac"), Some(Weak::Short(15)));
        assert_eq!(strong("kort maar kr", BESIDE_A_FACTOR, &own), Ok(()));
        assert_eq!(refused(&"lang genoeg ".repeat(30)), Some(Weak::Long));
        assert_eq!(refused("aaaaaaaaaaaaaaaaaaaa"), Some(Weak::Repeated));
        assert_eq!(refused("Wachtwoord123456!!"), Some(Weak::Guessed));
        assert_eq!(refused("WelkomAmsterdam2026"), Some(Weak::Guessed));
        assert_eq!(refused("hendrikje202612"), Some(Weak::OwnName));
        assert_eq!(refused("zeven blauwe fietsen"), None);
    }
}
