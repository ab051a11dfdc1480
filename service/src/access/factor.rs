//! The second factor: six digits that change every half minute (TOTP, RFC 6238), each of them good for one time.

use subtle::ConstantTimeEq;
use totp_rs::{Builder, Secret as Key, Totp};

use super::secret::NoRandomness;

/// Seconds that a code lasts.
const STEP: i64 = 30;

/// A new secret for an authenticator app: twenty random bytes.
///
/// # Errors
/// When the machine gives no randomness.
pub fn new() -> Result<Vec<u8>, NoRandomness> {
    let mut bytes = vec![0; 20];
    getrandom::fill(&mut bytes).map_err(|_| NoRandomness)?;
    Ok(bytes)
}

fn totp(secret: &[u8], account: &str) -> Option<Totp> {
    let name: String = account.chars().map(|it| if it == ':' { ' ' } else { it }).collect();
    // One step of the clock before or after.
    Builder::new().with_secret(secret.to_vec()).with_account_name(name).with_issuer(Some("Loket")).with_skew(1).build().ok()
}

/// The secret as people type it into an app, and as an address that an app can read from a square.
pub fn shown(secret: &[u8], account: &str) -> Option<(String, String)> {
    let totp = totp(secret, account)?;
    Some((Key::new(secret.into()).to_base32(), totp.to_url().ok()?))
}

/// The step of a code that is right at this time (UTC milliseconds) and newer than the last one that was used; nothing for any other code.
pub fn step(secret: &[u8], code: &str, now: i64, last: i64) -> Option<i64> {
    let totp = totp(secret, "loket")?;
    let code: String = code.chars().filter(|it| !it.is_whitespace()).collect();
    let at = now.div_euclid(1_000);
    let steps = [-1, 0, 1].map(|it| at.div_euclid(STEP) + it);
    steps.into_iter().find(|step| *step > last && is(&totp, &code, *step))
}

/// The code of a step.
pub fn code(secret: &[u8], step: i64) -> Option<String> {
    at(&totp(secret, "loket")?, step)
}

fn at(totp: &Totp, step: i64) -> Option<String> {
    u64::try_from(step * STEP).ok().map(|seconds| totp.generate(seconds).to_string())
}

fn is(totp: &Totp, code: &str, step: i64) -> bool {
    at(totp, step).is_some_and(|right| bool::from(right.as_bytes().ct_eq(code.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of the tables in RFC 6238.
    const KNOWN: &[u8] = b"12345678901234567890";

    #[test]
    fn the_codes_are_those_of_the_standard() {
        // RFC 6238 gives eight digits; the last six of them are ours.
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (20_000_000_000, "353130")] {
            assert_eq!(step(KNOWN, code, seconds * 1_000, 0), Some(seconds / STEP), "{seconds}");
        }
    }

    #[test]
    fn a_code_counts_once_and_not_for_long() {
        let at = 1_234_567_890_000;
        let used = step(KNOWN, "005 924", at, 0).unwrap();
        assert_eq!(step(KNOWN, "005924", at, used), None, "again");
        assert!(step(KNOWN, "005924", at + 30_000, 0).is_some(), "a clock that is half a minute behind");
        assert_eq!(step(KNOWN, "005924", at + 90_000, 0), None, "a minute and a half later");
        assert_eq!(step(KNOWN, "005925", at, 0), None, "another code");
        assert_eq!(step(KNOWN, "", at, 0), None);
    }

    #[test]
    fn an_app_can_read_it() {
        let (typed, address) = shown(KNOWN, "anna@voorbeeld.nl").unwrap();
        assert_eq!(typed, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert!(address.starts_with("otpauth://totp/Loket:anna%40voorbeeld.nl?secret=GEZDGNBV"), "{address}");
    }
}
