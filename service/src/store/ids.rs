//! Ids of what the service makes itself: short, unguessable, and each time another.

use sha2::{Digest, Sha256};

const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// A new id. What a request made under an idempotency key is noted with the deed, never found back by an id that follows from the key:
/// after a day the key is free for something else.
pub fn new() -> String {
    letters(&random())
}

/// Sixteen random bytes.
pub fn random() -> [u8; 16] {
    let mut bytes = [0; 16];
    if getrandom::fill(&mut bytes).is_err() {
        // Without the system's randomness: the time and the address of a local, hashed; ids stay unique, nothing here is a secret.
        let mixed = Sha256::digest(format!("{:?}{:p}", std::time::SystemTime::now(), &bytes));
        bytes.copy_from_slice(&mixed[..16]);
    }
    bytes
}

/// Hexadecimal SHA-256.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn letters(bytes: &[u8]) -> String {
    bytes.iter().take(16).map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_is_another() {
        assert_ne!(new(), new());
        assert_eq!(new().len(), 16);
    }
}
