//! Where things are in the API, for texts that say what to do about something.

/// An id as a part of a path.
pub fn segment(id: &str) -> String {
    use std::fmt::Write;
    id.bytes().fold(String::new(), |mut text, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
        text
    })
}

/// A path below `/v1` of these parts.
pub fn path(parts: &[&str]) -> String {
    parts.iter().fold(String::from("/v1"), |text, part| format!("{text}/{}", segment(part)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_holds_any_id_as_one_part() {
        assert_eq!(path(&["lichtingen", "a/b é", "verversing"]), "/v1/lichtingen/a%2Fb%20%C3%A9/verversing");
    }
}
