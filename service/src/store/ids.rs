//! Ids of what the service makes itself: short, unguessable, and the same again for the same idempotency key.

use sha2::{Digest, Sha256};

const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// A new id, or the id that belongs to an idempotency key: a request that is repeated makes nothing twice.
pub fn new(key: Option<&str>) -> String {
    match key {
        Some(key) => letters(&Sha256::digest(format!("id:{key}"))),
        None => letters(&random()),
    }
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
    fn the_same_key_gives_the_same_id_and_no_key_a_new_one() {
        assert_eq!(new(Some("a")), new(Some("a")));
        assert_ne!(new(Some("a")), new(Some("b")));
        assert_ne!(new(None), new(None));
        assert_eq!(new(None).len(), 16);
    }
}
